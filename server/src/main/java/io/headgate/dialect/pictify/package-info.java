/** Pictify's template and batch render API; docs/dialects/pictify.md lists what differs and why. */
@NullMarked
package io.headgate.dialect.pictify;

import org.jspecify.annotations.NullMarked;
