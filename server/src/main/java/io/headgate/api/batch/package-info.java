/** Operations on batches and their items: submit, read, stream, cancel, retry. */
@NullMarked
package io.headgate.api.batch;

import org.jspecify.annotations.NullMarked;
