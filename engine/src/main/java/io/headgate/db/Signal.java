package io.headgate.db;

import java.util.Optional;
import java.util.UUID;

/** A hint that nodes send each other through NOTIFY. A lost one costs time, never correctness. */
public sealed interface Signal {

  /** There may be something to claim. */
  record WorkAvailable() implements Signal {}

  /** Running items of the batch are to stop. */
  record InterruptRequested(UUID batchId) implements Signal {}

  /** There may be something to deliver. */
  record DeliveryDue() implements Signal {}

  /** The state of the batch changed; clients may be watching it. */
  record BatchChanged(UUID batchId) implements Signal {}

  default String payload() {
    return switch (this) {
      case WorkAvailable() -> "work";
      case InterruptRequested(UUID id) -> "interrupt " + id;
      case DeliveryDue() -> "delivery";
      case BatchChanged(UUID id) -> "changed " + id;
    };
  }

  /** Parses {@code payload}; empty for a signal that only newer nodes know. */
  static Optional<Signal> parse(String payload) {
    String[] parts = payload.split(" ", 2);
    return switch (parts[0]) {
      case "work" -> Optional.of(new WorkAvailable());
      case "interrupt" -> Optional.of(new InterruptRequested(UUID.fromString(parts[1])));
      case "delivery" -> Optional.of(new DeliveryDue());
      case "changed" -> Optional.of(new BatchChanged(UUID.fromString(parts[1])));
      default -> Optional.empty();
    };
  }
}
