/** Files that attempts keep beside their output: stored whole, shown by signed addresses, swept. */
@NullMarked
package io.headgate.artifact;

import org.jspecify.annotations.NullMarked;
