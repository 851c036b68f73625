package io.headgate.extract;

/**
 * An error in a schema.
 *
 * @param path dotted path of the faulty keyword, such as {@code properties.price.x-selector}; empty
 *     for the whole schema
 * @param message continues a sentence that starts with the path, such as "must be a string"
 */
public record SchemaFault(String path, String message) {}
