/** The processor {@code scrape}: fetches a page and takes out of it what the batch asks for. */
@NullMarked
package io.headgate.processor.scrape;

import org.jspecify.annotations.NullMarked;
