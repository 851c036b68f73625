package io.headgate.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook to create, or what to change of one.
 *
 * @param url null leaves it as it is
 * @param events such as {@code batch.completed}; null for all, or to leave them as they are
 */
public record NewWebhook(@Nullable String url, @Nullable List<String> events) {}
