/** Operations on templates. */
@NullMarked
package io.headgate.api.template;

import org.jspecify.annotations.NullMarked;
