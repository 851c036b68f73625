package io.headgate.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a cancel of single items did.
 *
 * @param cancelled ordinals, with those the cascade took along
 */
public record ItemsCancelled(List<Long> cancelled, List<Skipped> skipped, long creditsRefunded) {

  /** An item that was left as it is. */
  public record Skipped(long ordinal, @Nullable ItemState state, @Nullable String reason) {}
}
