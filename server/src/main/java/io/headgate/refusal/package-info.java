/** Converts refusals of engine and intake into problems, for the native API and every dialect. */
@NullMarked
package io.headgate.refusal;

import org.jspecify.annotations.NullMarked;
