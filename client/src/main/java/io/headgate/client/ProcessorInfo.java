package io.headgate.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the server can run.
 *
 * @param missing what the machine lacks, when it is not ready
 * @param notes what it can do only in part there, and why
 */
public record ProcessorInfo(
    String name,
    boolean ready,
    @Nullable JsonNode missing,
    @Nullable JsonNode notes,
    @Nullable JsonNode optionsSchema,
    @Nullable JsonNode inputSchema,
    long creditsPerItem) {}
