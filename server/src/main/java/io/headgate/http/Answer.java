package io.headgate.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What goes back to a client.
 *
 * @param headers besides content type and length
 */
public record Answer(int status, Map<String, String> headers, Body body) {

  public static final String JSON = "application/json";

  /** The body: none, known bytes, or a stream of unknown or known length. */
  public sealed interface Body {
    record Empty() implements Body {}

    @SuppressWarnings("ArrayRecordComponent") // never compared, and copying it would buy nothing
    record Bytes(String mediaType, byte[] content) implements Body {}

    record Stream(String mediaType, Writer writer) implements Body {}

    /**
     * So many bytes from the beginning of {@code content}, which is closed in any case. The client
     * knows how many there will be, and sees when they are not all.
     */
    record Sized(String mediaType, long bytes, InputStream content) implements Body {}
  }

  /** Writes a streamed body; it may flush when the client should see something. */
  @FunctionalInterface
  public interface Writer {
    void write(OutputStream out) throws IOException;
  }

  public static Answer empty(int status) {
    return new Answer(status, Map.of(), new Body.Empty());
  }

  /** The record or map as JSON. */
  public static Answer json(int status, Object value) {
    return bytes(status, JSON, Json.write(value));
  }

  /** JSON that is written already and must not change by a byte. */
  public static Answer written(int status, String json) {
    return bytes(status, JSON, json.getBytes(StandardCharsets.UTF_8));
  }

  public static Answer text(int status, String mediaType, String text) {
    return bytes(status, mediaType + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  public static Answer bytes(int status, String mediaType, byte[] content) {
    return new Answer(status, Map.of(), new Body.Bytes(mediaType, content));
  }

  public static Answer stream(String mediaType, Writer writer) {
    return new Answer(200, Map.of(), new Body.Stream(mediaType, writer));
  }

  public Answer with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Answer(status, all, body);
  }
}
