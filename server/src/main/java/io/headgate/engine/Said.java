package io.headgate.engine;

import io.headgate.batch.EventKind;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event of a batch, to be told once this transaction has committed.
 *
 * @param id the same for everybody who is told
 * @param ordinal of the item it is about; null for the whole batch
 * @param data what it says, a JSON object
 */
record Said(UUID id, EventKind kind, Instant at, @Nullable Integer ordinal, String data) {}
