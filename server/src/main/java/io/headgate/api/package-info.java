/**
 * The native API, with one subpackage per subject and one file per operation. This package holds
 * the conversions that several operations share.
 */
@NullMarked
package io.headgate.api;

import org.jspecify.annotations.NullMarked;
