package io.headgate.engine;

import java.util.List;
import java.util.Map;

/**
 * What an exchange came to.
 *
 * @param claims what has started
 * @param byProcessor how many of them are whose
 * @param refused what came too late: its claim was gone
 * @param hungry slots stayed free although something could still be claimed at once
 */
public record Exchanged(
    List<Claimed> claims,
    Map<String, Integer> byProcessor,
    List<Settlement> refused,
    boolean hungry) {

  public Exchanged {
    claims = List.copyOf(claims);
    byProcessor = Map.copyOf(byProcessor);
    refused = List.copyOf(refused);
  }
}
