package io.headgate.client;

/** What a cancel would do now. */
public record CancelPreview(
    boolean preview, long wouldStop, long running, long wouldRefund, BatchState state) {}
