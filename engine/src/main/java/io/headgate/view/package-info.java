/** Reads batches, items, results, receipts, settlements, changes and nodes for the APIs. */
@NullMarked
package io.headgate.view;

import org.jspecify.annotations.NullMarked;
