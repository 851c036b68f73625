package io.headgate.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.MDC;

/** Handles the requests to one path: runs the operation and sends exactly one response. */
final class RequestHandler implements Handler {

  private static final Set<String> METHODS =
      Arrays.stream(HttpMethod.values())
          .map(HttpMethod::name)
          .collect(Collectors.toUnmodifiableSet());

  private static final String HEAD = "HEAD";
  private static final int COPY_BUFFER_BYTES = 64 * 1024;

  private final String path;
  private final Map<HttpMethod, Operation> operations;
  private final RequestFilter filter;
  private final Function<Problem, ApiResponse> problemResponse;
  private final Api.PathPrefixes pathPrefixes;
  private final ResponseListener listener;
  private final BodyReadTimeout readTimeout;

  /** Creates the handler of a path, which has its parameters in braces. */
  RequestHandler(
      String path,
      Map<HttpMethod, Operation> operations,
      Api api,
      ResponseListener listener,
      BodyReadTimeout readTimeout) {
    this.path = path;
    this.operations = operations;
    this.filter = api.filter();
    this.problemResponse = api.problemResponse();
    this.pathPrefixes = api.pathPrefixes();
    this.listener = listener;
    this.readTimeout = readTimeout;
  }

  @Override
  public void handle(ServerRequest raw, ServerResponse serverResponse) {
    String id = RequestId.of(raw.headers().first(HeaderNames.create(RequestId.HEADER)));
    MDC.put("request", id);
    long startedNanos = System.nanoTime();
    Request request = new Request(raw, id, readTimeout);
    try {
      ApiResponse response = respond(request, raw);
      listener.onResponse(
          path, metricMethod(raw), response.status(), System.nanoTime() - startedNanos);
      send(response.withHeader(RequestId.HEADER, id), serverResponse, isHead(raw));
      request.discardRest();
    } catch (ClientDisconnectedException e) {
      throw new CloseConnectionException("The client disconnected.", e);
    } finally {
      MDC.remove("request");
    }
    // Up to 4.5.3 Helidon waits for another request although it has sent Connection: close
    // (docs/decisions/0018-helidon-workarounds.md).
    if (raw.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
      throw new CloseConnectionException("The client sent Connection: close.");
    }
  }

  private static boolean isHead(ServerRequest raw) {
    return raw.prologue().method().text().equals(HEAD);
  }

  // Clients may send any method; this bounds the number of series in the metrics.
  private static String metricMethod(ServerRequest raw) {
    String requested = raw.prologue().method().text();
    return METHODS.contains(requested) ? requested : "other";
  }

  private ApiResponse respond(Request request, ServerRequest raw) {
    try {
      return respond(request, operation(raw));
    } catch (ClientDisconnectedException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      return problemResponse.apply(ExceptionMapper.toProblem(e));
    }
  }

  private ApiResponse respond(Request request, Operation operation) {
    return switch (operation) {
      case Operation.KeyedOperation keyed -> filter.handle(request, keyed);
      case Operation.OpenOperation open -> open.handle(request);
    };
  }

  private Operation operation(ServerRequest raw) {
    String requested = isHead(raw) ? HttpMethod.GET.name() : raw.prologue().method().text();
    for (Map.Entry<HttpMethod, Operation> entry : operations.entrySet()) {
      if (entry.getKey().name().equals(requested)) {
        return entry.getValue();
      }
    }
    if (operations.isEmpty()) {
      throw pathPrefixes.notFound().apply(raw.path().path()).asException();
    }
    String allowed =
        operations.keySet().stream()
            .map(method -> method == HttpMethod.GET ? "GET, " + HEAD : method.name())
            .collect(Collectors.joining(", "));
    throw Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "Allowed here: " + allowed + ".")
        .withHeader("Allow", allowed)
        .asException();
  }

  /**
   * @param head whether to leave out the body: Helidon would send it, and the client would read it
   *     as the beginning of the next response
   */
  private static void send(ApiResponse response, ServerResponse serverResponse, boolean head) {
    serverResponse.status(Status.create(response.status()));
    serverResponse.header("X-Content-Type-Options", "nosniff");
    serverResponse.header("Cache-Control", "no-store");
    response.headers().forEach(serverResponse::header);
    switch (response.body()) {
      case ApiResponse.ResponseContent.EmptyContent() -> serverResponse.send();
      case ApiResponse.ResponseContent.BytesContent(String mediaType, byte[] content) -> {
        serverResponse.header("Content-Type", mediaType);
        if (head) {
          serverResponse.contentLength(content.length);
          serverResponse.send();
        } else {
          serverResponse.send(content);
        }
      }
      case ApiResponse.ResponseContent.StreamContent(
              String mediaType,
              ApiResponse.BodyWriter writer) -> {
        serverResponse.header("Content-Type", mediaType);
        if (head) {
          serverResponse.send();
        } else {
          sendStream(writer, serverResponse);
        }
      }
      case ApiResponse.ResponseContent.SizedContent sized -> {
        serverResponse.header("Content-Type", sized.mediaType());
        serverResponse.contentLength(sized.length());
        sendSized(sized, serverResponse, head);
      }
    }
  }

  private static void sendSized(
      ApiResponse.ResponseContent.SizedContent body, ServerResponse serverResponse, boolean head) {
    try (InputStream content = body.content()) {
      if (head || body.length() == 0) {
        serverResponse.send();
      } else {
        sendStream(out -> copy(content, body.length(), out), serverResponse);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // thrown by close()
    }
  }

  private static void copy(InputStream content, long bytes, OutputStream out) throws IOException {
    byte[] buffer = new byte[COPY_BUFFER_BYTES];
    long remaining = bytes;
    while (remaining > 0) {
      int read = read(content, buffer, (int) Math.min(buffer.length, remaining));
      out.write(buffer, 0, read);
      remaining -= read;
    }
  }

  // Throws no IOException: stream() takes that for a failure of the client.
  private static int read(InputStream content, byte[] buffer, int maxBytes) {
    try {
      int read = content.read(buffer, 0, maxBytes);
      if (read > 0) {
        return read;
      }
    } catch (IOException e) {
      throw new IllegalStateException("The content of a response could not be read.", e);
    }
    throw new IllegalStateException(
        "The content of a response ended before its length was reached.");
  }

  // The status cannot change after the first byte is sent. Closing the connection is the only way
  // to
  // show the client that the body is incomplete.
  private static void sendStream(ApiResponse.BodyWriter writer, ServerResponse serverResponse) {
    try (OutputStream out = serverResponse.outputStream()) {
      writer.write(out);
    } catch (IOException | UncheckedIOException e) {
      throw new ClientDisconnectedException(e);
    } catch (RuntimeException e) {
      ExceptionMapper.toProblem(e);
      throw new CloseConnectionException("Writing a response failed.", e);
    }
  }
}
