package io.headgate.outbound;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request without redirects. It runs on its own thread so that the caller can stop waiting
 * at once: closing the connection ends a blocking read, but nothing ends a name lookup.
 */
final class Hop {

  private static final Body.Read NO_BODY = new Body.Read(new byte[0], 0);

  private final CloseableHttpClient client;
  private final InstantSource clock;
  private final Target.Url url;
  private final HttpUriRequestBase request;
  private final Body.Limits limits;
  private final CompletableFuture<Boolean> head = new CompletableFuture<>();
  private final CompletableFuture<Answer> end = new CompletableFuture<>();

  /** The response so far, when only its beginning is wanted. */
  private volatile @Nullable Answer begun;

  Hop(
      CloseableHttpClient client,
      InstantSource clock,
      Target.Url url,
      OutboundRequest request,
      Body.Limits limits) {
    this.client = client;
    this.clock = clock;
    this.url = url;
    this.request = message(url, request);
    this.limits = limits;
  }

  /** Returns the response, or a timeout when the head or the whole response takes too long. */
  Answer run(Duration headTime) throws InterruptedException {
    Deadline deadline = limits.deadline();
    Thread thread = Thread.ofVirtual().name("outbound-" + url.host()).start(this::exchange);
    try {
      long headNanos = Math.min(headTime.toNanos(), deadline.remaining().toNanos());
      head.get(headNanos, TimeUnit.NANOSECONDS);
      return end.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      Answer already = begun;
      if (already != null) {
        return already;
      }
      if (limits.share().waiting()) {
        return explain(new Body.NoRoom());
      }
      String what = head.isDone() ? "the whole response" : "a response";
      return failed(Trouble.TIMEOUT, url.authority() + " did not send " + what + " in time");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      if (!end.isDone()) {
        request.cancel();
        thread.interrupt();
      }
    }
  }

  private void exchange() {
    try {
      end.complete(fetch());
    } catch (IOException | HttpException e) {
      Answer already = begun;
      end.complete(already == null ? explain(e) : already);
    } catch (InterruptedException e) {
      // the caller no longer waits
      end.completeExceptionally(e);
    } catch (Throwable e) {
      end.completeExceptionally(e);
    } finally {
      head.complete(true);
    }
  }

  private Answer fetch() throws IOException, HttpException, InterruptedException {
    HttpHost host = new HttpHost(url.scheme(), url.host(), url.port());
    ClassicHttpResponse response = client.executeOpen(host, request, null);
    boolean whole = false;
    try {
      head.complete(true);
      Answer answer = read(response);
      whole = true;
      return answer;
    } finally {
      // Not close(): that would first read the rest of the body, however long it is.
      if (!whole) {
        request.cancel();
      }
    }
  }

  private Answer read(ClassicHttpResponse response)
      throws IOException, HttpException, InterruptedException {
    HttpHeaders headers = headers(response);
    if (!limits.beginning()) {
      return answer(response, headers, body(response, headers));
    }
    Answer head = answer(response, headers, NO_BODY);
    begun = head;
    HttpEntity entity = response.getEntity();
    if (entity != null) {
      Body.begin(
          entity.getContent(),
          encoding(headers),
          limits,
          bytes -> begun = answer(response, headers, bytes));
    }
    return Objects.requireNonNullElse(begun, head);
  }

  private Answer answer(ClassicHttpResponse response, HttpHeaders headers, Body.Read body) {
    return new Answer.Response(
        response.getCode(),
        headers,
        url.toString(),
        body.bytes(),
        body.wireBytes(),
        headers
            .firstValue("retry-after")
            .flatMap(value -> RetryAfter.parse(value, clock.instant())));
  }

  private Body.Read body(ClassicHttpResponse response, HttpHeaders headers)
      throws IOException, HttpException, InterruptedException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return NO_BODY;
    }
    if (entity.getContentLength() > limits.maxBytes()) {
      throw new Body.TooLarge();
    }
    return Body.read(entity.getContent(), encoding(headers), entity.getContentLength(), limits);
  }

  private static String encoding(HttpHeaders headers) {
    return String.join(",", headers.allValues("content-encoding"));
  }

  private static HttpUriRequestBase message(Target.Url url, OutboundRequest from) {
    HttpUriRequestBase to =
        new HttpUriRequestBase(from.method(), URI.create(url.scheme() + ":///"));
    to.setScheme(url.scheme());
    boolean usual = url.port() == UrlReader.defaultPort(url.scheme());
    to.setAuthority(new URIAuthority(url.host(), usual ? -1 : url.port()));
    to.setPath(url.path());
    to.setHeader("Accept-Encoding", "gzip, deflate");
    from.headers().forEach(to::setHeader);
    String body = from.body();
    if (body != null) {
      to.setEntity(new ByteArrayEntity(body.getBytes(StandardCharsets.UTF_8), null));
    }
    return to;
  }

  private static HttpHeaders headers(ClassicHttpResponse response) {
    Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Header header : response.getHeaders()) {
      if (!header.getName().isBlank()) {
        String value = header.getValue() == null ? "" : header.getValue();
        all.computeIfAbsent(header.getName().strip(), _ -> new ArrayList<>()).add(value);
      }
    }
    return HttpHeaders.of(all, (_, _) -> true);
  }

  private Answer.Failed explain(Exception e) {
    String place = url.authority();
    return switch (e) {
      case Targets.TargetRefused refused -> refused.failed();
      case UnknownHostException _ -> failed(Trouble.DNS, "no address found for " + url.host());
      case ConnectTimeoutException _, ConnectException _, NoRouteToHostException _ ->
          failed(Trouble.CONNECT, "cannot connect to " + place);
      case Body.TooLarge _ ->
          failed(Trouble.TOO_LARGE, place + " sent more than " + limits.maxBytes() + " bytes");
      case Body.NoRoom _ ->
          failed(
              Trouble.NODE_BUSY,
              "this node had no memory free in time for the response of " + place);
      case SSLException tls -> explainTls(tls);
      case Body.BadEncoding bad ->
          failed(Trouble.INVALID_RESPONSE, place + " sent content " + bad.getMessage());
      case ZipException _ ->
          failed(Trouble.INVALID_RESPONSE, place + " sent content that cannot be decompressed");
      case EOFException _ ->
          failed(Trouble.CONNECTION_LOST, place + " sent compressed content that ends too soon");
      case HttpException _, ClientProtocolException _, MessageConstraintException _ ->
          failed(Trouble.INVALID_RESPONSE, place + " sent no valid HTTP response");
      default -> failed(Trouble.CONNECTION_LOST, "the connection to " + place + " was lost");
    };
  }

  /**
   * A site that closes the connection during the handshake may be restarting, so that is temporary;
   * a bad certificate is not.
   */
  private Answer.Failed explainTls(SSLException e) {
    if (e.getCause() instanceof EOFException || e.getCause() instanceof SocketException) {
      return failed(Trouble.CONNECTION_LOST, "the connection to " + url.authority() + " was lost");
    }
    String certificate = "the certificate of " + url.authority();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case CertificateExpiredException _, CertificateNotYetValidException _ -> {
          return failed(Trouble.TLS, certificate + " has expired or is not valid yet");
        }
        case SSLPeerUnverifiedException _ -> {
          return failed(Trouble.TLS, certificate + " is for another host");
        }
        case CertificateException other when namesAnother(other) -> {
          return failed(Trouble.TLS, certificate + " is for another host");
        }
        case CertPathBuilderException _ -> {
          return failed(Trouble.TLS, certificate + " is not signed by a trusted authority");
        }
        default -> {
          // the cause may be more precise
        }
      }
    }
    return failed(Trouble.TLS, "no trusted TLS connection to " + url.authority());
  }

  /** The JDK has no exception type for this, only messages. */
  private static boolean namesAnother(CertificateException e) {
    String words = String.valueOf(e.getMessage());
    return words.startsWith("No subject alternative") || words.startsWith("No name matching");
  }

  private static Answer.Failed failed(Trouble trouble, String message) {
    return new Answer.Failed(trouble, message);
  }
}
