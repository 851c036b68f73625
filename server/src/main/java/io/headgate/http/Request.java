package io.headgate.http;

import io.headgate.batch.Ids;
import io.headgate.db.Tx;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.BadRequestException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One request. Used by one thread. */
public final class Request {

  private final ServerRequest raw;
  private final String id;
  private final RequestBody body;
  private @Nullable Query query;
  private ResponseRecorder recorder = ResponseRecorder.NONE;

  Request(ServerRequest raw, String id, BodyReadTimeout readTimeout) {
    this.raw = raw;
    this.id = id;
    this.body = new RequestBody(() -> raw.content().inputStream(), readTimeout);
  }

  /** The request id, sent by the client or generated. */
  public String id() {
    return id;
  }

  public String method() {
    return raw.prologue().method().text();
  }

  /** The path that was requested. */
  public String path() {
    return raw.path().path();
  }

  /** The value of the parameter {@code {name}} of the route's path. */
  public String pathParameter(String name) {
    return raw.path().pathParameters().get(name);
  }

  /**
   * The id in the parameter {@code {name}} of the route's path. A text that is not an id yields
   * {@link Ids#NIL}, which no object has: it is looked up like any other id, so that the response
   * is the same and takes the same time.
   */
  public UUID pathId(String name) {
    return Ids.parse(pathParameter(name)).orElse(Ids.NIL);
  }

  /**
   * The query.
   *
   * @throws ProblemException {@code invalid-request} when it cannot be decoded, so only operations
   *     that read the query refuse such a request
   */
  public Query query() {
    Query parsed = query;
    if (parsed == null) {
      parsed = new Query(rawQuery());
      query = parsed;
    }
    return parsed;
  }

  /**
   * The value of a header.
   *
   * @throws ProblemException {@code invalid-request} when it is sent more than once: software that
   *     uses the first value and software that uses the last would see different requests
   */
  public Optional<String> header(String name) {
    List<String> values = raw.headers().all(HeaderNames.create(name), List::of);
    if (values.size() > 1) {
      throw Problem.invalid(InputError.parameter(name, "is given more than once")).asException();
    }
    return values.stream().findFirst();
  }

  /** Whether the Accept header prefers {@code type} to {@code fallback}. */
  public boolean prefers(String type, String fallback) {
    try {
      return raw.headers()
          .bestAccepted(MediaTypes.create(fallback), MediaTypes.create(type))
          .filter(best -> best.text().equals(type))
          .isPresent();
    } catch (BadRequestException e) {
      return false; // an Accept header that cannot be parsed is ignored
    }
  }

  /** The media type of the body without its parameters, in lower case; empty if not sent. */
  public Optional<String> mediaType() {
    return header("Content-Type").map(Request::withoutParameters);
  }

  private static String withoutParameters(String contentType) {
    int end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /** The IP address of the peer of the connection. */
  public String remoteAddress() {
    return raw.remotePeer().host();
  }

  /** Scheme and authority of this request, for URLs in its response. */
  public String baseUrl() {
    return (raw.isSecure() ? "https://" : "http://") + raw.authority();
  }

  /** Whether the connection comes from a loopback address. */
  public boolean fromLoopback() {
    SocketAddress peer = raw.remotePeer().address();
    return peer instanceof InetSocketAddress socket
        && !socket.isUnresolved()
        && socket.getAddress().isLoopbackAddress();
  }

  /**
   * The body as a stream; it throws {@link ClientDisconnectedException} when the client
   * disconnects.
   */
  public InputStream stream() {
    requireNoContentEncoding();
    return body.stream();
  }

  // Refusing compressed bodies also rules out decompression bombs.
  private void requireNoContentEncoding() {
    String encoding = header("Content-Encoding").orElse("identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      throw Problem.contentEncodingRefused().asException();
    }
  }

  /** Reads the body as JSON. */
  public <T> T json(Class<T> type) {
    return Json.read(jsonBytes(), type);
  }

  /**
   * Reads the body as JSON; returns {@code ifEmpty} for no body, regardless of the content type.
   */
  public <T> T jsonOr(Class<T> type, T ifEmpty) {
    if (!raw.content().hasEntity()) {
      return ifEmpty;
    }
    byte[] bytes = bytes(Json.MAX_BYTES);
    if (bytes.length == 0) {
      return ifEmpty;
    }
    requireJson();
    return Json.read(bytes, type);
  }

  /** The bytes of a JSON body, at most {@link Json#MAX_BYTES}. */
  public byte[] jsonBytes() {
    requireJson();
    return bytes(Json.MAX_BYTES);
  }

  private void requireJson() {
    String type = mediaType().orElse(ApiResponse.JSON);
    if (!type.equals(ApiResponse.JSON)) {
      throw Problem.of(
              ProblemCode.UNSUPPORTED_MEDIA_TYPE,
              "The content type of the body must be " + ApiResponse.JSON + ".")
          .asException();
    }
  }

  /**
   * The whole body.
   *
   * @throws ProblemException {@code too-large} when it is longer than {@code limit} bytes
   */
  public byte[] bytes(int limit) {
    long contentLength = raw.headers().contentLength().orElse(0);
    if (contentLength > limit) {
      throw tooLarge(limit);
    }
    try {
      byte[] content = stream().readNBytes(limit + 1);
      if (content.length > limit) {
        throw tooLarge(limit);
      }
      return content;
    } catch (IOException e) {
      throw new ClientDisconnectedException(e);
    }
  }

  private static ProblemException tooLarge(int limit) {
    return Problem.of(ProblemCode.TOO_LARGE, "The body must have at most " + limit + " bytes.")
        .asException();
  }

  /**
   * Reads and discards the body of an operation that takes none. Call it before the transaction
   * begins: otherwise {@link #recordResponse} waits for the body while the transaction has locks.
   */
  public void discardBody() {
    drain(Json.MAX_BYTES);
  }

  /**
   * Stores the response in {@code tx} for repeats with the same idempotency key; does nothing
   * without such a key. Call it last, after reading the whole body, in the transaction that makes
   * the changes of the request: a crash then leaves both or neither. For operations that do not
   * call it, the response is stored after their transaction, and a repeat after a crash in between
   * runs them again; only operations that are idempotent by themselves may omit the call.
   */
  public void recordResponse(Tx tx, ApiResponse response) {
    recorder.record(tx, response);
  }

  /** For the {@link RequestFilter}: sets what {@link #recordResponse} calls. */
  public void recordWith(ResponseRecorder newRecorder) {
    recorder = newRecorder;
  }

  /**
   * For the {@link RequestFilter}: updates a digest with every byte of the body. Call it before
   * reading.
   */
  public void digestInto(MessageDigest digest) {
    body.setDigest(digest);
  }

  /**
   * For the {@link RequestFilter}: reads the rest of the body, so that its digest is complete.
   *
   * @param limit maximum number of bytes to read
   * @return false when more bytes are left
   */
  public boolean drain(long limit) {
    return !raw.content().hasEntity() || body.drain(limit);
  }

  /**
   * Reads what the operation left of the body, so that the connection can be reused. Helidon would
   * do the same, but without a timeout for clients that send nothing.
   */
  void discardRest() {
    boolean expectsContinue = header("Expect").isPresent();
    if (!expectsContinue && raw.content().hasEntity() && !raw.content().consumed()) {
      body.drain(Long.MAX_VALUE);
    }
  }

  /** The query string, not decoded. */
  public String rawQuery() {
    return raw.query().rawValue();
  }
}
