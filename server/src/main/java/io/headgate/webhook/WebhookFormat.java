package io.headgate.webhook;

import java.time.Duration;
import java.util.Optional;

/**
 * Builds the messages that the webhooks of one API receive. {@link NativeWebhookFormat} is that of
 * the native API; each dialect with webhooks has its own. Must be safe for use by several threads.
 */
public interface WebhookFormat {

  /** One lower-case word, stored with every endpoint. */
  String name();

  /**
   * Builds the message of an event; empty when this endpoint gets none for it. Called for every
   * attempt: the same event must give the same message.
   */
  Optional<WebhookMessage> message(Endpoint endpoint, WebhookEvent event);

  /** When failed attempts are repeated. */
  RetrySchedule schedule();

  /** The time limit for the complete response of a receiver. */
  Duration timeout();
}
