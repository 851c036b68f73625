package io.headgate.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook to create.
 *
 * @param url the http or https URL that receives events
 * @param events such as {@code batch.completed}; null for all events
 */
public record NewWebhook(@Nullable String url, @Nullable List<String> events) {}
