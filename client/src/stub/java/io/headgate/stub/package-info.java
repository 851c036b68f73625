/** The stub server that the tests of the client and of the command line use. */
@NullMarked
package io.headgate.stub;

import org.jspecify.annotations.NullMarked;
