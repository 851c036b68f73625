/**
 * The house played by hand, one transaction at a time, from a seed: everything that can happen to
 * it, in any order, held to its laws after every step. {@link io.headgate.simulate.Simulation} is
 * the door.
 */
@NullMarked
package io.headgate.simulate;

import org.jspecify.annotations.NullMarked;
