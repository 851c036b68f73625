package io.headgate.engine;

import io.headgate.batch.Counts;
import java.time.Instant;

/**
 * A batch at the moment of its cancel.
 *
 * @param epoch of the transaction that cancels it
 * @param before its counts before the cancel
 * @param cursor where its cursor was
 */
record FencePoint(Instant at, long epoch, Counts before, int cursor) {}
