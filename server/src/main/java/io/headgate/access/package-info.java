/** Who may ask, how often, and what a repeated request gets: keys, rates, idempotency. */
@NullMarked
package io.headgate.access;

import org.jspecify.annotations.NullMarked;
