package io.headgate.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The response to a request.
 *
 * @param headers headers besides content type and length
 */
public record Answer(int status, Map<String, String> headers, Body body) {

  public static final String JSON = "application/json";

  /** A body: empty, bytes in memory, or a stream of unknown or known length. */
  public sealed interface Body {
    record Empty() implements Body {}

    @SuppressWarnings(
        "ArrayRecordComponent") // responses are never compared, and copying is not needed
    record Bytes(String mediaType, byte[] content) implements Body {}

    record Stream(String mediaType, Writer writer) implements Body {}

    /**
     * The first {@code bytes} bytes of {@code content}, which is always closed. The length is sent
     * as Content-Length, so that the client notices when the body is cut short.
     */
    record Sized(String mediaType, long bytes, InputStream content) implements Body {}
  }

  /** Writes a streamed body; flushing sends to the client what was written so far. */
  @FunctionalInterface
  public interface Writer {
    void write(OutputStream out) throws IOException;
  }

  public static Answer empty(int status) {
    return new Answer(status, Map.of(), new Body.Empty());
  }

  /** A response with the value as JSON. */
  public static Answer json(int status, Object value) {
    return bytes(status, JSON, Json.write(value));
  }

  /** A response with JSON text, which is sent unchanged. */
  public static Answer written(int status, String json) {
    return bytes(status, JSON, json.getBytes(StandardCharsets.UTF_8));
  }

  public static Answer text(int status, String mediaType, String text) {
    return bytes(status, mediaType + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  public static Answer bytes(int status, String mediaType, byte[] content) {
    return new Answer(status, Map.of(), new Body.Bytes(mediaType, content));
  }

  /** A response with status 200 whose body is written while it is sent. */
  public static Answer stream(String mediaType, Writer writer) {
    return new Answer(200, Map.of(), new Body.Stream(mediaType, writer));
  }

  /** Returns this response with one more header. */
  public Answer with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Answer(status, all, body);
  }
}
