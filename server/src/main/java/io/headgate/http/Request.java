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

/** One request as operations see it. Used by one thread. */
public final class Request {

  private final ServerRequest raw;
  private final String id;
  private final Body body;
  private @Nullable Query query;
  private Memory memory = Memory.NONE;

  Request(ServerRequest raw, String id, Patience patience) {
    this.raw = raw;
    this.id = id;
    this.body = new Body(() -> raw.content().inputStream(), patience);
  }

  /** The request id, of the client or made here. */
  public String id() {
    return id;
  }

  public String method() {
    return raw.prologue().method().text();
  }

  /** The path as it was asked for. */
  public String path() {
    return raw.path().path();
  }

  /** The text at {@code {name}} of the route's path. */
  public String pathText(String name) {
    return raw.path().pathParameters().get(name);
  }

  /**
   * The id at {@code {name}} of the route's path. For a text that is none it is one that nothing
   * has: looked for as any other it gives the same answer, in the same time.
   */
  public UUID pathId(String name) {
    return Ids.parse(pathText(name)).orElse(Ids.NOBODYS);
  }

  /**
   * The query.
   *
   * @throws ProblemException {@code invalid-request} when it cannot be decoded; who reads none does
   *     not mind
   */
  public Query query() {
    Query read = query;
    if (read == null) {
      read = new Query(rawQuery());
      query = read;
    }
    return read;
  }

  /**
   * The value of a header.
   *
   * @throws ProblemException {@code invalid-request} when it is given more than once: whoever reads
   *     the first and whoever reads the last would see two different requests
   */
  public Optional<String> header(String name) {
    List<String> lines = raw.headers().all(HeaderNames.create(name), List::of);
    if (lines.size() > 1) {
      throw Problem.invalid(InputError.parameter(name, "is given more than once")).asException();
    }
    return lines.stream().findFirst();
  }

  /** True when the client would rather have {@code type} than {@code usual}. */
  public boolean prefers(String type, String usual) {
    try {
      return raw.headers()
          .bestAccepted(MediaTypes.create(usual), MediaTypes.create(type))
          .filter(best -> best.text().equals(type))
          .isPresent();
    } catch (BadRequestException e) {
      return false; // no Accept that can be read is none
    }
  }

  /** The media type of the body without its parameters, in lower case; empty without one. */
  public Optional<String> mediaType() {
    return header("Content-Type").map(Request::withoutParameters);
  }

  private static String withoutParameters(String contentType) {
    int end = contentType.indexOf(';');
    return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /** Where the connection comes from. */
  public String remoteAddress() {
    return raw.remotePeer().host();
  }

  /** Scheme and authority that this request came to, for addresses in its answer. */
  public String baseUrl() {
    return (raw.isSecure() ? "https://" : "http://") + raw.authority();
  }

  public boolean fromLoopback() {
    SocketAddress peer = raw.remotePeer().address();
    return peer instanceof InetSocketAddress socket
        && !socket.isUnresolved()
        && socket.getAddress().isLoopbackAddress();
  }

  /** The body as a stream; a client that goes away ends it with {@link ClientGone}. */
  public InputStream stream() {
    requirePlain();
    return body.stream();
  }

  // Nothing here unpacks, so a compressed body would only be misread; and nothing can be a bomb.
  private void requirePlain() {
    String encoding = header("Content-Encoding").orElse("identity");
    if (!encoding.equalsIgnoreCase("identity")) {
      throw Problem.compressed().asException();
    }
  }

  /** The body as JSON; it must be there. */
  public <T> T json(Class<T> type) {
    return Json.read(jsonBytes(), type);
  }

  /** The body as JSON, or {@code ifEmpty} when there is none, whatever the content type says. */
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
    String type = mediaType().orElse(Answer.JSON);
    if (!type.equals(Answer.JSON)) {
      throw Problem.of(
              ProblemCode.UNSUPPORTED_MEDIA_TYPE, "The body must be " + Answer.JSON + " here.")
          .asException();
    }
  }

  /**
   * The whole body.
   *
   * @throws ProblemException {@code too-large} when it is longer than {@code limit} bytes
   */
  public byte[] bytes(int limit) {
    long announced = raw.headers().contentLength().orElse(0);
    if (announced > limit) {
      throw tooLarge(limit);
    }
    try {
      byte[] read = stream().readNBytes(limit + 1);
      if (read.length > limit) {
        throw tooLarge(limit);
      }
      return read;
    } catch (IOException e) {
      throw new ClientGone(e);
    }
  }

  private static ProblemException tooLarge(int limit) {
    return Problem.of(
            ProblemCode.TOO_LARGE, "The body must not be longer than " + limit + " bytes.")
        .asException();
  }

  /**
   * Reads a body that nobody looks at to its end, before a transaction begins: what {@link
   * #remember} would wait for with locks in its hands.
   */
  public void ignoreBody() {
    drain(Json.MAX_BYTES);
  }

  /**
   * Keeps the answer for repeats with the same idempotency key, if and only if {@code tx} commits.
   * Call it last, with the body read to its end, in the transaction that makes the answer true: a
   * crash then leaves both or none. Without such a key it does nothing. Operations that do not call
   * it have their answer kept after their transaction, and a crash in between lets a repeat act
   * again: only those may do without that a repeat leaves as they were.
   */
  public void remember(Tx tx, Answer answer) {
    memory.remember(tx, answer);
  }

  /** For the gate: what {@link #remember} does. */
  public void rememberWith(Memory kept) {
    memory = kept;
  }

  /** For the gate: lets every byte of the body go through a digest, before anything was read. */
  public void digestInto(MessageDigest digest) {
    body.digestInto(digest);
  }

  /**
   * For the gate: reads what is left of the body, so that its digest is whole.
   *
   * @param limit in bytes; false when more than that is left
   */
  public boolean drain(long limit) {
    return !raw.content().hasEntity() || body.drain(limit);
  }

  /**
   * Reads what an early answer left of the body, so that the connection can be used again; the web
   * server would do it too, but wait for a silent client for ever.
   */
  void readRest() {
    boolean awaitsLeave = header("Expect").isPresent();
    if (!awaitsLeave && raw.content().hasEntity() && !raw.content().consumed()) {
      body.drain(Long.MAX_VALUE);
    }
  }

  /** The query string as it was sent. */
  public String rawQuery() {
    return raw.query().rawValue();
  }
}
