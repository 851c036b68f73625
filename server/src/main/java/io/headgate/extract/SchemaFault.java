package io.headgate.extract;

/**
 * What is wrong with a schema.
 *
 * @param at the place, as dotted names such as {@code properties.price.x-selector}; empty for the
 *     whole
 * @param message continues a sentence that begins with the place
 */
public record SchemaFault(String at, String message) {}
