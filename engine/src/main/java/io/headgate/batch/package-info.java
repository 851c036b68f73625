/** The nouns and the law: states, counts, limits and what follows what. No I/O. */
@NullMarked
package io.headgate.batch;

import org.jspecify.annotations.NullMarked;
