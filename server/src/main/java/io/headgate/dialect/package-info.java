/**
 * Vendors' APIs over the native engine. Each dialect is a package below this one, with a route
 * table, one file per operation and one mapping from problems to the vendor's errors. This package
 * has what they share: the native verbs and the JSON style.
 */
@NullMarked
package io.headgate.dialect;

import org.jspecify.annotations.NullMarked;
