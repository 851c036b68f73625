package io.headgate.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An HTTP client of a server on loopback. */
public final class TestClient {

  private static final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;
  private final @Nullable String secret;
  private final Consumer<HttpReply> responseCheck;
  private final String[] extraHeaders;

  public TestClient(int port, @Nullable String secret) {
    this(port, secret, reply -> {});
  }

  /**
   * @param responseCheck is called with every response; an exception from it fails the request
   */
  public TestClient(int port, @Nullable String secret, Consumer<HttpReply> responseCheck) {
    this(port, secret, responseCheck, new String[0]);
  }

  private TestClient(
      int port,
      @Nullable String secret,
      Consumer<HttpReply> responseCheck,
      String... extraHeaders) {
    this.port = port;
    this.secret = secret;
    this.responseCheck = responseCheck;
    this.extraHeaders = extraHeaders;
  }

  /** Returns a client that also sends this header with every request. */
  public TestClient withHeader(String header, String value) {
    return new TestClient(port, secret, responseCheck, header, value);
  }

  /** Returns a client with another API key; null for none. */
  public TestClient withKey(@Nullable String other) {
    return new TestClient(port, other, responseCheck);
  }

  /** A response with its whole body. */
  public record HttpReply(int status, HttpResponse<String> raw) {
    public String text() {
      return raw.body();
    }

    public JsonNode json() {
      return Json.mapper().readTree(raw.body());
    }

    public String code() {
      return json().path("code").asString("");
    }

    public String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }
  }

  public HttpReply get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  public HttpReply delete(String path, String... headers) {
    return send(request(path, headers).DELETE());
  }

  /** Posts JSON; null for no body. */
  public HttpReply post(String path, @Nullable String json, String... headers) {
    HttpRequest.Builder request = request(path, headers);
    return json == null
        ? send(request.POST(HttpRequest.BodyPublishers.noBody()))
        : send(
            request
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  public HttpReply put(String path, String json, String... headers) {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(json)));
  }

  public HttpReply method(String method, String path, String... headers) {
    return send(request(path, headers).method(method, HttpRequest.BodyPublishers.noBody()));
  }

  public HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(30));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (extraHeaders.length > 0) {
      request.headers(extraHeaders);
    }
    if (secret != null) {
      request.header("Authorization", "Bearer " + secret);
    }
    return request;
  }

  public HttpReply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      HttpReply reply = new HttpReply(response.statusCode(), response);
      responseCheck.accept(reply);
      return reply;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
