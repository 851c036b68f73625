/**
 * Extracts JSON that matches a schema from HTML pages, plain text and JSON data. Extraction follows
 * rules and uses no language model.
 */
@NullMarked
package io.headgate.extract;

import org.jspecify.annotations.NullMarked;
