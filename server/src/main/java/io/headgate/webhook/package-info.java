/** Webhooks: endpoints, and signed delivery of events to them, in order and at least once. */
@NullMarked
package io.headgate.webhook;

import org.jspecify.annotations.NullMarked;
