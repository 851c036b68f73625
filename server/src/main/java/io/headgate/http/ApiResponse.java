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
public record ApiResponse(int status, Map<String, String> headers, ResponseContent body) {

  public static final String JSON = "application/json";

  /** A body: empty, bytes in memory, or a stream of unknown or known length. */
  public sealed interface ResponseContent {
    record EmptyContent() implements ResponseContent {}

    @SuppressWarnings(
        "ArrayRecordComponent") // responses are never compared, and copying is not needed
    record BytesContent(String mediaType, byte[] content) implements ResponseContent {}

    record StreamContent(String mediaType, BodyWriter writer) implements ResponseContent {}

    /**
     * The first {@code length} bytes of {@code content}, which is always closed. The length is sent
     * as Content-Length, so that the client notices when the body is cut short.
     */
    record SizedContent(String mediaType, long length, InputStream content)
        implements ResponseContent {}
  }

  /** Writes a streamed body; flushing sends to the client what was written so far. */
  @FunctionalInterface
  public interface BodyWriter {
    void write(OutputStream out) throws IOException;
  }

  public static ApiResponse empty(int status) {
    return new ApiResponse(status, Map.of(), new ResponseContent.EmptyContent());
  }

  /** A response with the value as JSON. */
  public static ApiResponse json(int status, Object value) {
    return bytes(status, JSON, Json.write(value));
  }

  /** A response with JSON text, which is sent unchanged. */
  public static ApiResponse rawJson(int status, String json) {
    return bytes(status, JSON, json.getBytes(StandardCharsets.UTF_8));
  }

  public static ApiResponse text(int status, String mediaType, String text) {
    return bytes(status, mediaType + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  public static ApiResponse bytes(int status, String mediaType, byte[] content) {
    return new ApiResponse(status, Map.of(), new ResponseContent.BytesContent(mediaType, content));
  }

  /** A response with status 200 whose body is written while it is sent. */
  public static ApiResponse stream(String mediaType, BodyWriter writer) {
    return new ApiResponse(200, Map.of(), new ResponseContent.StreamContent(mediaType, writer));
  }

  /** Returns this response with one more header. */
  public ApiResponse withHeader(String header, String value) {
    Map<String, String> merged = new LinkedHashMap<>(headers);
    merged.put(header, value);
    return new ApiResponse(status, merged, body);
  }
}
