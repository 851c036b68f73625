/** The native API: one file per operation; {@link io.headgate.api.HouseOperations} lists them. */
@NullMarked
package io.headgate.api;

import org.jspecify.annotations.NullMarked;
