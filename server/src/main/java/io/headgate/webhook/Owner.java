package io.headgate.webhook;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The owner of endpoints: one account, through one API.
 *
 * @param dialect null for the native API
 */
public record Owner(UUID account, @Nullable String dialect) {

  public static Owner ofNative(UUID account) {
    return new Owner(account, null);
  }
}
