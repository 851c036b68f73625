/** JSON by schema out of pages, text and data: the one extractor, by rules and without a model. */
@NullMarked
package io.headgate.extract;

import org.jspecify.annotations.NullMarked;
