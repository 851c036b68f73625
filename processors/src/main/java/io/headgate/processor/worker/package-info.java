/** The processor {@code worker}: remote workers in any language run its items over HTTP. */
@NullMarked
package io.headgate.processor.worker;

import org.jspecify.annotations.NullMarked;
