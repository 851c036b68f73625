/**
 * A client of the native API: {@link io.headgate.client.HeadgateClient} and the records it sends
 * and returns.
 */
@NullMarked
package io.headgate.client;

import org.jspecify.annotations.NullMarked;
