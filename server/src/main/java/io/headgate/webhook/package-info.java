/** Who is told of events, and how they are delivered: in order, at least once, signed. */
@NullMarked
package io.headgate.webhook;

import org.jspecify.annotations.NullMarked;
