package io.headgate.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a cancel by filter, counted in batches. The server continues the operation after
 * a restart.
 *
 * @param state {@code running} or {@code completed}
 * @param matched batches that match the filter
 * @param cancelled batches that were cancelled
 * @param skipped batches that had already ended
 * @param receipts the receipts of the cancelled batches
 */
public record Operation(
    @Nullable String state,
    long matched,
    long cancelled,
    long skipped,
    @Nullable List<Receipt> receipts) {

  /** True until every matching batch was processed. */
  public boolean running() {
    return "running".equals(state);
  }
}
