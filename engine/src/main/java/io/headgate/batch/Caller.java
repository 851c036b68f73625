package io.headgate.batch;

import java.util.UUID;

/**
 * Who asks: an account, by one of its keys. It goes into every query and every receipt.
 *
 * @param key the name of the key, never its secret
 */
public record Caller(UUID account, String accountName, String key) {}
