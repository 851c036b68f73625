/** The native API as records, and a small HTTP client for it. */
@NullMarked
package io.headgate.client;

import org.jspecify.annotations.NullMarked;
