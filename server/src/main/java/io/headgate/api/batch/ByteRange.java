package io.headgate.api.batch;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which bytes of a whole a client asks for (RFC 9110, section 14). */
sealed interface ByteRange {

  /** All of it: nothing was asked, or nothing that has to be understood. */
  record Whole() implements ByteRange {}

  /** {@code length} is at least 1 and ends within the whole. */
  record Part(long from, long length) implements ByteRange {}

  /** Nothing of what was asked is there. */
  record Nowhere() implements ByteRange {}

  /** One range; several at once are answered with the whole, as the standard allows. */
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
