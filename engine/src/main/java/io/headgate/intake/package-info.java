/**
 * Reads the items of a submitted batch and stores them as rows, in one transaction and constant
 * memory. {@link io.headgate.intake.Intake} is the entry point.
 */
@NullMarked
package io.headgate.intake;

import org.jspecify.annotations.NullMarked;
