package io.headgate.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;

/**
 * Sends requests and reads responses. A refusal throws {@link HeadgateException}; a missing
 * response throws {@link UnreachableException}.
 *
 * @param base the URL of the server without a trailing slash
 */
record Transport(HttpClient http, URI base, @Nullable String key, @Nullable String idempotencyKey) {

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final String JSON = "application/json";

  static Transport to(URI url, @Nullable String key) {
    String text = url.toString();
    URI base = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    HttpClient http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    return new Transport(http, base, key, null);
  }

  Transport withIdempotencyKey(String newKey) {
    return new Transport(http, base, key, newKey);
  }

  <T> Response<T> get(Query query, JavaType type) {
    return read(send(request(query).GET().build()), type);
  }

  <T> Response<Page<T>> getPage(Query query, Class<T> elementType) {
    HttpResponse<byte[]> response = send(request(query).GET().build());
    Page<T> page = parse(response, bytes -> Json.readPage(bytes, Json.page(elementType)));
    return new Response<>(page, response.body(), response.headers());
  }

  <T> Response<T> post(Query query, @Nullable Object body, JavaType type) {
    if (body == null) {
      return post(query, BodyPublishers.noBody(), null, type);
    }
    byte[] json = Json.MAPPER.writeValueAsBytes(body);
    return post(query, BodyPublishers.ofByteArray(json), JSON, type);
  }

  <T> Response<T> post(Query query, BodyPublisher body, @Nullable String mediaType, JavaType type) {
    return read(send(postRequest(query, body, mediaType).build()), type);
  }

  /**
   * Posts a body of unknown length. The server can refuse the request before the body is sent, so
   * that a wrong key does not cost an upload.
   */
  <T> Response<T> postStream(Query query, BodyPublisher body, String mediaType, JavaType type) {
    return read(send(postRequest(query, body, mediaType).expectContinue(true).build()), type);
  }

  <T> Response<T> put(Query query, Object body, JavaType type) {
    byte[] json = Json.MAPPER.writeValueAsBytes(body);
    HttpRequest.Builder request =
        request(query).PUT(BodyPublishers.ofByteArray(json)).header("Content-Type", JSON);
    return read(send(request.build()), type);
  }

  /** Posts JSON and returns the response body as text. */
  String postForText(Query query, Object body) {
    byte[] json = Json.MAPPER.writeValueAsBytes(body);
    return new String(
        send(postRequest(query, BodyPublishers.ofByteArray(json), JSON).build()).body(),
        StandardCharsets.UTF_8);
  }

  void delete(Query query) {
    send(request(query).DELETE().build());
  }

  /** Opens a streamed response. The caller closes it. */
  InputStream open(Query query, String accept, List<String> headers) {
    HttpRequest.Builder request = request(query).setHeader("Accept", accept).GET();
    for (int i = 0; i < headers.size(); i += 2) {
      request.setHeader(headers.get(i), headers.get(i + 1));
    }
    HttpResponse<InputStream> response = exchange(request.build(), BodyHandlers.ofInputStream());
    if (response.statusCode() >= 300) {
      throw refusal(response, readAll(response.body()));
    }
    return response.body();
  }

  private HttpRequest.Builder postRequest(
      Query query, BodyPublisher body, @Nullable String mediaType) {
    HttpRequest.Builder request = request(query).POST(body);
    if (mediaType != null) {
      request.header("Content-Type", mediaType);
    }
    if (idempotencyKey != null) {
      request.header("Idempotency-Key", idempotencyKey);
    }
    return request;
  }

  private HttpRequest.Builder request(Query query) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + query.toString())).header("Accept", JSON);
    return key == null ? request : request.header("Authorization", "Bearer " + key);
  }

  private HttpResponse<byte[]> send(HttpRequest request) {
    HttpResponse<byte[]> response = exchange(request, BodyHandlers.ofByteArray());
    if (response.statusCode() >= 300) {
      throw refusal(response, response.body());
    }
    return response;
  }

  private <B> HttpResponse<B> exchange(HttpRequest request, HttpResponse.BodyHandler<B> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw new UnreachableException(base, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException(base, e);
    }
  }

  private <T> Response<T> read(HttpResponse<byte[]> response, JavaType type) {
    T value = parse(response, bytes -> Json.MAPPER.readValue(bytes, type));
    return new Response<>(value, response.body(), response.headers());
  }

  private interface BodyParser<T> {
    T parse(byte[] bytes);
  }

  private static <T> T parse(HttpResponse<byte[]> response, BodyParser<T> parser) {
    try {
      return parser.parse(response.body());
    } catch (JacksonException e) {
      throw unexpectedResponse(response, response.body(), e.getOriginalMessage());
    }
  }

  private byte[] readAll(InputStream body) {
    try (body) {
      return body.readAllBytes();
    } catch (IOException e) {
      throw new UnreachableException(base, e);
    }
  }

  private static HeadgateException refusal(HttpResponse<?> response, byte[] body) {
    try {
      Problem problem = Json.MAPPER.readValue(body, Problem.class);
      if (problem != null && problem.code() != null) {
        return new HeadgateException(problem, retryAfter(response), body);
      }
    } catch (JacksonException e) {
      // not a problem document: the response may come from a proxy
    }
    return unexpectedResponse(response, body, "no problem document");
  }

  private static HeadgateException unexpectedResponse(
      HttpResponse<?> response, byte[] body, String reason) {
    String detail = "the response of " + response.uri() + " does not come from Headgate: " + reason;
    int status = response.statusCode() < 400 ? 502 : response.statusCode();
    Problem problem =
        new Problem(
            null, "Unexpected response", status, detail, "unexpected-answer", List.of(), null);
    return new HeadgateException(problem, retryAfter(response), body);
  }

  private static @Nullable Duration retryAfter(HttpResponse<?> response) {
    try {
      return response
          .headers()
          .firstValue("Retry-After")
          .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds.trim())))
          .orElse(null);
    } catch (NumberFormatException e) {
      return null; // the server never sends the date form
    }
  }
}
