package io.headgate.engine;

import io.headgate.batch.EventKind;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event of a batch that this transaction will append.
 *
 * @param id the same for every endpoint
 * @param ordinal of the item it is about; null for the whole batch
 * @param data a JSON object: the facts at the time of the event
 */
record PendingEvent(UUID id, EventKind kind, Instant at, @Nullable Integer ordinal, String data) {}
