/** Operations on batches and their items: submit, look, follow, stop, retry. */
@NullMarked
package io.headgate.api.batch;

import org.jspecify.annotations.NullMarked;
