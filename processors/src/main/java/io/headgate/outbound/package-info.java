/** Sends all outbound HTTP requests: target check, limits, redirects and failures. */
@NullMarked
package io.headgate.outbound;

import org.jspecify.annotations.NullMarked;
