package io.headgate.db;

import java.util.Optional;
import java.util.UUID;

/** A hint that nodes send each other through NOTIFY. A lost one costs time, never correctness. */
public sealed interface Signal {

  /** There may be something to claim. */
  record Work() implements Signal {}

  /** Running items of the batch are to stop. */
  record Interrupt(UUID batchId) implements Signal {}

  /** There may be something to deliver. */
  record Delivery() implements Signal {}

  /** The state of the batch changed; clients may be watching it. */
  record Changed(UUID batchId) implements Signal {}

  default String payload() {
    return switch (this) {
      case Work() -> "work";
      case Interrupt(UUID id) -> "interrupt " + id;
      case Delivery() -> "delivery";
      case Changed(UUID id) -> "changed " + id;
    };
  }

  /** Parses {@code payload}; empty for a signal that only newer nodes know. */
  static Optional<Signal> parse(String payload) {
    String[] words = payload.split(" ", 2);
    return switch (words[0]) {
      case "work" -> Optional.of(new Work());
      case "interrupt" -> Optional.of(new Interrupt(UUID.fromString(words[1])));
      case "delivery" -> Optional.of(new Delivery());
      case "changed" -> Optional.of(new Changed(UUID.fromString(words[1])));
      default -> Optional.empty();
    };
  }
}
