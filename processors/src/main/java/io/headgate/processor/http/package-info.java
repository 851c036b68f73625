/**
 * The processor {@code http}: one request per item, written as templates in the batch's options.
 */
@NullMarked
package io.headgate.processor.http;

import org.jspecify.annotations.NullMarked;
