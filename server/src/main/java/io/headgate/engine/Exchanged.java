package io.headgate.engine;

import java.util.List;

/**
 * What an exchange came to.
 *
 * @param claims what has started
 * @param refused what came too late: its claim was gone
 * @param hungry slots stayed free although something could still be claimed at once
 */
public record Exchanged(List<Claimed> claims, List<Settlement> refused, boolean hungry) {

  public Exchanged {
    claims = List.copyOf(claims);
    refused = List.copyOf(refused);
  }
}
