/** The house: {@code Main} is its map. */
@NullMarked
package io.headgate;

import org.jspecify.annotations.NullMarked;
