/** Remote workers' one operation: results in, items out. */
@NullMarked
package io.headgate.api.worker;

import org.jspecify.annotations.NullMarked;
