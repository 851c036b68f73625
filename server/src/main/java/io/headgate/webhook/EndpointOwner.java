package io.headgate.webhook;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The owner of endpoints: one account, through one API.
 *
 * @param dialect null for the native API
 */
public record EndpointOwner(UUID account, @Nullable String dialect) {

  public static EndpointOwner ofNative(UUID account) {
    return new EndpointOwner(account, null);
  }
}
