/** The processor {@code render}: makes pictures and PDFs of templates, HTML and pages. */
@NullMarked
package io.headgate.processor.render;

import org.jspecify.annotations.NullMarked;
