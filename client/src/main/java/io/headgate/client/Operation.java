package io.headgate.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a cancel by filter has come, in batches; it goes on by itself, also after a restart.
 *
 * @param state {@code running} or {@code completed}
 */
public record Operation(
    @Nullable String state,
    long matched,
    long cancelled,
    long skipped,
    @Nullable List<Receipt> receipts) {

  public boolean running() {
    return "running".equals(state);
  }
}
