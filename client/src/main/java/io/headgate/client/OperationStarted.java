package io.headgate.client;

/** A cancel by filter that has begun; {@link HeadgateClient#operation} follows it. */
public record OperationStarted(String operationId, long matched) {}
