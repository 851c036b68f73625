/** Spidra's batch scrape API. docs/dialects/spidra.md lists the differences and their reasons. */
@NullMarked
package io.headgate.dialect.spidra;

import org.jspecify.annotations.NullMarked;
