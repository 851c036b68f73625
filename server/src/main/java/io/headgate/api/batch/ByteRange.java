package io.headgate.api.batch;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of a file that a {@code ClaimedRange} header requests (RFC 9110, section 14). */
sealed interface ByteRange {

  /** The whole file: there is no header, or one that the RFC allows a server to ignore. */
  record WholeFile() implements ByteRange {}

  /** {@code length} is at least 1, and the part ends within the file. */
  record FilePart(long from, long length) implements ByteRange {}

  /** The requested range lies outside the file. */
  record Unsatisfiable() implements ByteRange {}

  /** A single range. A request for several gets the whole file, as the RFC allows. */
  Pattern SINGLE_RANGE = Pattern.compile("bytes\\s*=\\s*([0-9]{0,18})\\s*-\\s*([0-9]{0,18})");

  static ByteRange of(Optional<String> header, long total) {
    Matcher matcher = SINGLE_RANGE.matcher(header.orElse("").strip());
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      return new WholeFile();
    }
    return matcher.group(1).isEmpty()
        ? part(total - Math.min(total, Long.parseLong(matcher.group(2))), total - 1, total)
        : fromFirst(Long.parseLong(matcher.group(1)), matcher.group(2), total);
  }

  private static ByteRange fromFirst(long first, String end, long total) {
    long last = end.isEmpty() ? total - 1 : Long.parseLong(end);
    return !end.isEmpty() && last < first ? new WholeFile() : part(first, last, total);
  }

  private static ByteRange part(long first, long last, long total) {
    return first >= total
        ? new Unsatisfiable()
        : new FilePart(first, Math.min(last, total - 1) - first + 1);
  }
}
