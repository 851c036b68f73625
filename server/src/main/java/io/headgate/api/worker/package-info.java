/** The operation through which remote workers report results and receive items. */
@NullMarked
package io.headgate.api.worker;

import org.jspecify.annotations.NullMarked;
