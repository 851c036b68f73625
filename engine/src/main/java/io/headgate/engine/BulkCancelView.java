package io.headgate.engine;

import java.util.List;
import java.util.UUID;

/**
 * How far a bulk cancel is, in batches.
 *
 * @param state {@code running} or {@code completed}
 * @param receipts of the batches it cancelled, byte for byte, the first 1,000
 */
public record BulkCancelView(
    UUID id, String state, int matched, int cancelled, int skipped, List<String> receipts) {

  public BulkCancelView {
    receipts = List.copyOf(receipts);
  }
}
