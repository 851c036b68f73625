package io.headgate.batch;

/**
 * One thing wrong with an input.
 *
 * @param field the path of the offending field, dotted ({@code limits.concurrency}); empty for the
 *     whole
 * @param message what is wrong and what would be right, one sentence without a full stop
 */
public record Violation(String field, String message) {}
