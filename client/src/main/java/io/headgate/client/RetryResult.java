package io.headgate.client;

/** The result of a retry: how many failed items are pending again, and their batch. */
public record RetryResult(long retried, Batch batch) {}
