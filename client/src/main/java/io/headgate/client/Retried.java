package io.headgate.client;

/** How many failed items wait again, and their batch. */
public record Retried(long retried, Batch batch) {}
