package io.headgate.dialect;

import io.headgate.view.BatchView;
import io.headgate.view.ItemView;

/** The only item of a batch, after both have finished. */
public record FinishedItem(BatchView batch, ItemView item) {}
