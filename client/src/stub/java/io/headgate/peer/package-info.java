/** What the tests of the client and of the command line talk to in place of a server. */
@NullMarked
package io.headgate.peer;

import org.jspecify.annotations.NullMarked;
