/** Text for people that every package may need: suggestions for misspelled names. */
@NullMarked
package io.headgate.text;

import org.jspecify.annotations.NullMarked;
