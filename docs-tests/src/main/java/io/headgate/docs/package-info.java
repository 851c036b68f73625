/** Tests that run every command and sample of the documentation on a real server. */
@NullMarked
package io.headgate.docs;

import org.jspecify.annotations.NullMarked;
