/** Items that remote workers run, in any language, over HTTP. */
@NullMarked
package io.headgate.processor.worker;

import org.jspecify.annotations.NullMarked;
