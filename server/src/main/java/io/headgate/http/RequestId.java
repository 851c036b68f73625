package io.headgate.http;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id that ties an answer to the lines of the log. */
final class RequestId {

  static final String HEADER = "X-Request-Id";

  private static final Pattern SANE = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private RequestId() {}

  /** The client's own when it is visible ASCII of at most 128 characters, else a new one. */
  static String of(Optional<String> sent) {
    return sent.filter(id -> SANE.matcher(id).matches())
        .orElseGet(() -> UUID.randomUUID().toString());
  }
}
