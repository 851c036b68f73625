/**
 * Starts the server: {@link Main} has the commands, {@link Server} builds and connects all parts.
 */
@NullMarked
package io.headgate;

import org.jspecify.annotations.NullMarked;
