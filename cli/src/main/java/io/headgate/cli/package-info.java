/** The command line: one file per command. Commands parse options, call the client and print. */
@NullMarked
package io.headgate.cli;

import org.jspecify.annotations.NullMarked;
