package io.headgate.client;

/**
 * What a cancel would do now.
 *
 * @param preview always true
 * @param wouldStop items that would never start
 * @param running items that are running and would be drained or interrupted
 * @param wouldRefund credits that would be refunded at once
 */
public record CancelPreview(
    boolean preview, long wouldStop, long running, long wouldRefund, BatchState state) {}
