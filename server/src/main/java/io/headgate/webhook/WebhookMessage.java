package io.headgate.webhook;

/**
 * The message that a format builds of an event.
 *
 * @param event the name of the kind of event in this format
 * @param body JSON; exactly these characters are signed and sent, in UTF-8
 */
public record WebhookMessage(String event, String body) {}
