/** Operations on webhook endpoints and their deliveries. */
@NullMarked
package io.headgate.api.webhook;

import org.jspecify.annotations.NullMarked;
