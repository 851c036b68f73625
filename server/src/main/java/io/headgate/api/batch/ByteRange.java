package io.headgate.api.batch;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of a file that a {@code Range} header requests (RFC 9110, section 14). */
sealed interface ByteRange {

  /** The whole file: there is no header, or one that the RFC allows a server to ignore. */
  record Whole() implements ByteRange {}

  /** {@code length} is at least 1, and the part ends within the file. */
  record Part(long from, long length) implements ByteRange {}

  /** The requested range lies outside the file. */
  record Nowhere() implements ByteRange {}

  /** A single range. A request for several gets the whole file, as the RFC allows. */
  Pattern ONE = Pattern.compile("bytes\\s*=\\s*([0-9]{0,18})\\s*-\\s*([0-9]{0,18})");

  static ByteRange of(Optional<String> header, long total) {
    Matcher asked = ONE.matcher(header.orElse("").strip());
    if (!asked.matches() || (asked.group(1).isEmpty() && asked.group(2).isEmpty())) {
      return new Whole();
    }
    return asked.group(1).isEmpty()
        ? part(total - Math.min(total, Long.parseLong(asked.group(2))), total - 1, total)
        : fromFirst(Long.parseLong(asked.group(1)), asked.group(2), total);
  }

  private static ByteRange fromFirst(long first, String end, long total) {
    long last = end.isEmpty() ? total - 1 : Long.parseLong(end);
    return !end.isEmpty() && last < first ? new Whole() : part(first, last, total);
  }

  private static ByteRange part(long first, long last, long total) {
    return first >= total ? new Nowhere() : new Part(first, Math.min(last, total - 1) - first + 1);
  }
}
