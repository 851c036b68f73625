/** The processor {@code render}: images and PDFs of templates, HTML and web pages. */
@NullMarked
package io.headgate.processor.render;

import org.jspecify.annotations.NullMarked;
