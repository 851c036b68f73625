/**
 * From the lines of a request to the rows of a batch, in one transaction and constant memory.
 * {@link io.headgate.intake.Intake} is the door.
 */
@NullMarked
package io.headgate.intake;

import org.jspecify.annotations.NullMarked;
