/** Spidra's batch scrape API; docs/dialects/spidra.md lists what differs and why. */
@NullMarked
package io.headgate.dialect.spidra;

import org.jspecify.annotations.NullMarked;
