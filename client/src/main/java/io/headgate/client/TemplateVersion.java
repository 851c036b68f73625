package io.headgate.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A version of a template, without its HTML. */
public record TemplateVersion(
    int version,
    @Nullable String outputFormat,
    int width,
    int height,
    @Nullable Instant createdAt) {}
