/** The command line: one file per command, each a translation between a person and the client. */
@NullMarked
package io.headgate.cli;

import org.jspecify.annotations.NullMarked;
