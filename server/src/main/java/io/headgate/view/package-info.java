/** What can be read: batches, items, results, receipts, settlements, events and nodes. */
@NullMarked
package io.headgate.view;

import org.jspecify.annotations.NullMarked;
