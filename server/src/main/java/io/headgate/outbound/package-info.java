/** The only way out: every fetch, its target check, its limits and its failures. */
@NullMarked
package io.headgate.outbound;

import org.jspecify.annotations.NullMarked;
