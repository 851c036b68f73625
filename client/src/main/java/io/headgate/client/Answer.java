package io.headgate.client;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An answer as a record and as the exact bytes it was read from, so that receipts can be compared
 * byte for byte.
 */
public final class Answer<T> {

  private final T value;
  private final byte[] bytes;
  private final HttpHeaders headers;

  Answer(T value, byte[] bytes, HttpHeaders headers) {
    this.value = value;
    this.bytes = bytes;
    this.headers = headers;
  }

  public T value() {
    return value;
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** The bytes as text, exactly. */
  public String json() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A response header; null when absent. */
  public @Nullable String header(String name) {
    return headers.firstValue(name).orElse(null);
  }

  /** True when the server answered from its memory of an earlier call with the same key. */
  public boolean replayed() {
    return "true".equalsIgnoreCase(header("Idempotency-Replayed"));
  }
}
