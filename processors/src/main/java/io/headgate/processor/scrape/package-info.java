/** The {@code scrape} processor: fetches a page and converts it to the requested output. */
@NullMarked
package io.headgate.processor.scrape;

import org.jspecify.annotations.NullMarked;
