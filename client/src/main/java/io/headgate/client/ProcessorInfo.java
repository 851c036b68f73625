package io.headgate.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A processor of the server.
 *
 * @param ready true when the machine has everything the processor needs
 * @param missing what the machine lacks; null when the processor is ready
 * @param notes which features are limited on this machine, and why
 */
public record ProcessorInfo(
    String name,
    boolean ready,
    @Nullable JsonNode missing,
    @Nullable JsonNode notes,
    @Nullable JsonNode optionsSchema,
    @Nullable JsonNode inputSchema,
    long creditsPerItem) {}
