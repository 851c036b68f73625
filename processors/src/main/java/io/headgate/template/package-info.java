/** Templates: stored versions and their variables, and the engine that fills them in. */
@NullMarked
package io.headgate.template;

import org.jspecify.annotations.NullMarked;
