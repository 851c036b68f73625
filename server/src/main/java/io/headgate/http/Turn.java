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
final class Turn implements Handler {

  private static final Set<String> METHODS =
      Arrays.stream(Method.values()).map(Method::name).collect(Collectors.toUnmodifiableSet());

  private static final String HEAD = "HEAD";
  private static final int COPIED_AT_ONCE = 64 * 1024;

  private final String path;
  private final Map<Method, Operation> operations;
  private final Gate gate;
  private final Function<Problem, Answer> refusal;
  private final Door.Grounds grounds;
  private final Answered answered;
  private final Patience patience;

  /** Creates the handler of a path, which has its parameters in braces. */
  Turn(
      String path,
      Map<Method, Operation> operations,
      Door door,
      Answered answered,
      Patience patience) {
    this.path = path;
    this.operations = operations;
    this.gate = door.gate();
    this.refusal = door.refusal();
    this.grounds = door.grounds();
    this.answered = answered;
    this.patience = patience;
  }

  @Override
  public void handle(ServerRequest raw, ServerResponse response) {
    String id = RequestId.of(raw.headers().first(HeaderNames.create(RequestId.HEADER)));
    MDC.put("request", id);
    long began = System.nanoTime();
    Request request = new Request(raw, id, patience);
    try {
      Answer answer = answer(request, raw);
      answered.answered(path, method(raw), answer.status(), System.nanoTime() - began);
      send(answer.with(RequestId.HEADER, id), response, isHead(raw));
      request.readRest();
    } catch (ClientGone e) {
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
  private static String method(ServerRequest raw) {
    String asked = raw.prologue().method().text();
    return METHODS.contains(asked) ? asked : "other";
  }

  private Answer answer(Request request, ServerRequest raw) {
    try {
      return answer(request, operation(raw));
    } catch (ClientGone e) {
      throw e;
    } catch (RuntimeException | Error e) {
      return refusal.apply(Mishap.problem(e));
    }
  }

  private Answer answer(Request request, Operation operation) {
    return switch (operation) {
      case Operation.Keyed keyed -> gate.pass(request, keyed);
      case Operation.Open open -> open.answer(request);
    };
  }

  private Operation operation(ServerRequest raw) {
    String asked = isHead(raw) ? Method.GET.name() : raw.prologue().method().text();
    for (Map.Entry<Method, Operation> entry : operations.entrySet()) {
      if (entry.getKey().name().equals(asked)) {
        return entry.getValue();
      }
    }
    if (operations.isEmpty()) {
      throw grounds.nothing().apply(raw.path().path()).asException();
    }
    String allowed =
        operations.keySet().stream()
            .map(method -> method == Method.GET ? "GET, " + HEAD : method.name())
            .collect(Collectors.joining(", "));
    throw Problem.of(ProblemCode.METHOD_NOT_ALLOWED, "Allowed here: " + allowed + ".")
        .withHeader("Allow", allowed)
        .asException();
  }

  /**
   * @param head whether to leave out the body: Helidon would send it, and the client would read it
   *     as the beginning of the next response
   */
  private static void send(Answer answer, ServerResponse response, boolean head) {
    response.status(Status.create(answer.status()));
    response.header("X-Content-Type-Options", "nosniff");
    response.header("Cache-Control", "no-store");
    answer.headers().forEach(response::header);
    switch (answer.body()) {
      case Answer.Body.Empty() -> response.send();
      case Answer.Body.Bytes(String mediaType, byte[] content) -> {
        response.header("Content-Type", mediaType);
        if (head) {
          response.contentLength(content.length);
          response.send();
        } else {
          response.send(content);
        }
      }
      case Answer.Body.Stream(String mediaType, Answer.Writer writer) -> {
        response.header("Content-Type", mediaType);
        if (head) {
          response.send();
        } else {
          stream(writer, response);
        }
      }
      case Answer.Body.Sized sized -> {
        response.header("Content-Type", sized.mediaType());
        response.contentLength(sized.bytes());
        sized(sized, response, head);
      }
    }
  }

  private static void sized(Answer.Body.Sized body, ServerResponse response, boolean head) {
    try (InputStream content = body.content()) {
      if (head || body.bytes() == 0) {
        response.send();
      } else {
        stream(out -> copy(content, body.bytes(), out), response);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // thrown by close()
    }
  }

  private static void copy(InputStream content, long bytes, OutputStream out) throws IOException {
    byte[] buffer = new byte[COPIED_AT_ONCE];
    long left = bytes;
    while (left > 0) {
      int read = read(content, buffer, (int) Math.min(buffer.length, left));
      out.write(buffer, 0, read);
      left -= read;
    }
  }

  // Throws no IOException: stream() takes that for a failure of the client.
  private static int read(InputStream content, byte[] buffer, int most) {
    try {
      int read = content.read(buffer, 0, most);
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
  private static void stream(Answer.Writer writer, ServerResponse response) {
    try (OutputStream out = response.outputStream()) {
      writer.write(out);
    } catch (IOException | UncheckedIOException e) {
      throw new ClientGone(e);
    } catch (RuntimeException e) {
      Mishap.problem(e);
      throw new CloseConnectionException("Writing a response failed.", e);
    }
  }
}
