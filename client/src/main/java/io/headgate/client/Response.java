package io.headgate.client;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A response of the server: the parsed value and the exact bytes it was read from. The bytes allow
 * receipts to be compared byte for byte. Immutable and safe for use by many threads.
 *
 * @param <T> the type of the parsed value
 */
public final class Response<T> {

  private final T value;
  private final byte[] bytes;
  private final HttpHeaders headers;

  Response(T value, byte[] bytes, HttpHeaders headers) {
    this.value = value;
    this.bytes = bytes;
    this.headers = headers;
  }

  /** The parsed body. */
  public T value() {
    return value;
  }

  /** A copy of the body exactly as it was received. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The body exactly as it was received, decoded as UTF-8. */
  public String json() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** The first value of a response header; null when the header is absent. */
  public @Nullable String header(String name) {
    return headers.firstValue(name).orElse(null);
  }

  /**
   * True when the server repeated the stored response of an earlier call with the same idempotency
   * key instead of executing the call again.
   */
  public boolean replayed() {
    return "true".equalsIgnoreCase(header("Idempotency-Replayed"));
  }
}
