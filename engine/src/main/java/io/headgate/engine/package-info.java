/**
 * The data path and its fence: exchange, cancel, retry, resubmit, rescue. {@link
 * io.headgate.engine.Engine} lists every verb.
 */
@NullMarked
package io.headgate.engine;

import org.jspecify.annotations.NullMarked;
