/**
 * Pictify's template and batch render API. docs/dialects/pictify.md lists the differences and their
 * reasons.
 */
@NullMarked
package io.headgate.dialect.pictify;

import org.jspecify.annotations.NullMarked;
