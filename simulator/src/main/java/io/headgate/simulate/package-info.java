/**
 * A seeded simulation of the engine: random operations, one transaction at a time, with all laws
 * checked after every step. {@link io.headgate.simulate.Simulation} is the entry point.
 */
@NullMarked
package io.headgate.simulate;

import org.jspecify.annotations.NullMarked;
