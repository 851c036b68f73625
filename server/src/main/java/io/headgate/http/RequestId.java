package io.headgate.http;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id of a request, which is in its response and in the lines it writes to the log. */
final class RequestId {

  static final String HEADER = "X-Request-Id";

  private static final Pattern VALID = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private RequestId() {}

  /**
   * Returns the id the client sent if it is visible ASCII of at most 128 characters, else a new id.
   */
  static String of(Optional<String> sent) {
    return sent.filter(id -> VALID.matcher(id).matches())
        .orElseGet(() -> UUID.randomUUID().toString());
  }
}
