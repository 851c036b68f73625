package io.headgate.client;

/** The credits of a batch: {@code reserved + charged + refunded = total items × perItem}. */
public record Credits(long perItem, long reserved, long charged, long refunded) {}
