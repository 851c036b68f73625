package io.headgate.webhook;

import java.time.Duration;
import java.util.Optional;

/** How the clients of one API want to be told. The native one is here; each dialect has its own. */
public interface Format {

  /** One lower-case word, kept with every endpoint. */
  String name();

  /**
   * The event in this format's words; empty when this endpoint is told nothing of it. Called anew
   * for every attempt and on several threads; the same event gets the same words.
   */
  Optional<Message> word(Endpoint endpoint, Event event);

  Schedule schedule();

  /** How long a receiver may take for its whole answer. */
  Duration timeout();
}
