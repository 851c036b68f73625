/**
 * What the dialects share: vendors' APIs over the same engine. A dialect is a package of its own
 * with a route table, a file per operation and one map from problems to the vendor's errors.
 */
@NullMarked
package io.headgate.dialect;

import org.jspecify.annotations.NullMarked;
