package io.headgate.webhook;

/**
 * An event in the words of a format.
 *
 * @param event what the receiver knows this kind of event by
 * @param body JSON, sent and signed byte for byte
 */
public record Message(String event, String body) {}
