package io.headgate.intake;

/**
 * A line that is no item.
 *
 * @param line the line of an NDJSON or CSV stream counted from 1 (for a quoted field that spans
 *     several: the first), or the number of the item in a JSON body counted from 1
 * @param field the path of the offending field, dotted ({@code input.url}); empty for the whole
 * @param message what is wrong, one sentence without a full stop
 */
public record BadLine(long line, String field, String message) {}
