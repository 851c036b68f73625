package io.headgate.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an account's credit journal.
 *
 * @param kind {@code grant}, {@code reserve}, {@code charge} or {@code refund}
 */
public record JournalEntry(
    String id, Instant at, String kind, long credits, @Nullable String batchId) {}
