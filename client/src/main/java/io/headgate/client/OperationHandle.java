package io.headgate.client;

/**
 * Identifies a cancel by filter. {@link HeadgateClient#operation} returns its progress.
 *
 * @param matched how many batches match the filter
 */
public record OperationHandle(String operationId, long matched) {}
