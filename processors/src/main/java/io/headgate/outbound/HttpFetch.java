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
final class HttpFetch {

  private static final ResponseBody.BodyBytes NO_BODY = new ResponseBody.BodyBytes(new byte[0], 0);

  private final CloseableHttpClient client;
  private final InstantSource clock;
  private final Target.Url url;
  private final HttpUriRequestBase request;
  private final ResponseBody.BodyLimits limits;
  private final CompletableFuture<Boolean> headReceived = new CompletableFuture<>();
  private final CompletableFuture<OutboundResult> result = new CompletableFuture<>();

  /** The response so far, when only its beginning is wanted. */
  private volatile @Nullable OutboundResult partialResult;

  HttpFetch(
      CloseableHttpClient client,
      InstantSource clock,
      Target.Url url,
      OutboundRequest request,
      ResponseBody.BodyLimits limits) {
    this.client = client;
    this.clock = clock;
    this.url = url;
    this.request = toHttpRequest(url, request);
    this.limits = limits;
  }

  /** Returns the response, or a timeout when the head or the whole response takes too long. */
  OutboundResult run(Duration headTime) throws InterruptedException {
    Deadline deadline = limits.deadline();
    Thread thread = Thread.ofVirtual().name("outbound-" + url.host()).start(this::execute);
    try {
      long headNanos = Math.min(headTime.toNanos(), deadline.remaining().toNanos());
      headReceived.get(headNanos, TimeUnit.NANOSECONDS);
      return result.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      OutboundResult partial = partialResult;
      if (partial != null) {
        return partial;
      }
      if (limits.reservation().waiting()) {
        return failureOf(new ResponseBody.NoMemoryException());
      }
      String missing = headReceived.isDone() ? "the whole response" : "a response";
      return failed(
          OutboundError.TIMEOUT, url.authority() + " did not send " + missing + " in time");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      if (!result.isDone()) {
        request.cancel();
        thread.interrupt();
      }
    }
  }

  private void execute() {
    try {
      result.complete(fetch());
    } catch (IOException | HttpException e) {
      OutboundResult partial = partialResult;
      result.complete(partial == null ? failureOf(e) : partial);
    } catch (InterruptedException e) {
      // the caller no longer waits
      result.completeExceptionally(e);
    } catch (Throwable e) {
      result.completeExceptionally(e);
    } finally {
      headReceived.complete(true);
    }
  }

  private OutboundResult fetch() throws IOException, HttpException, InterruptedException {
    HttpHost host = new HttpHost(url.scheme(), url.host(), url.port());
    ClassicHttpResponse response = client.executeOpen(host, request, null);
    boolean complete = false;
    try {
      headReceived.complete(true);
      OutboundResult answer = read(response);
      complete = true;
      return answer;
    } finally {
      // Not close(): that would first read the rest of the body, however long it is.
      if (!complete) {
        request.cancel();
      }
    }
  }

  private OutboundResult read(ClassicHttpResponse response)
      throws IOException, HttpException, InterruptedException {
    HttpHeaders headers = headers(response);
    if (!limits.beginningOnly()) {
      return toResult(response, headers, body(response, headers));
    }
    OutboundResult headOnly = toResult(response, headers, NO_BODY);
    partialResult = headOnly;
    HttpEntity entity = response.getEntity();
    if (entity != null) {
      ResponseBody.readBeginning(
          entity.getContent(),
          encoding(headers),
          limits,
          bytes -> partialResult = toResult(response, headers, bytes));
    }
    return Objects.requireNonNullElse(partialResult, headOnly);
  }

  private OutboundResult toResult(
      ClassicHttpResponse response, HttpHeaders headers, ResponseBody.BodyBytes body) {
    return new OutboundResult.Response(
        response.getCode(),
        headers,
        url.toString(),
        body.bytes(),
        body.wireBytes(),
        headers
            .firstValue("retry-after")
            .flatMap(value -> RetryAfter.parse(value, clock.instant())));
  }

  private ResponseBody.BodyBytes body(ClassicHttpResponse response, HttpHeaders headers)
      throws IOException, HttpException, InterruptedException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return NO_BODY;
    }
    if (entity.getContentLength() > limits.maxBytes()) {
      throw new ResponseBody.TooLargeException();
    }
    return ResponseBody.read(
        entity.getContent(), encoding(headers), entity.getContentLength(), limits);
  }

  private static String encoding(HttpHeaders headers) {
    return String.join(",", headers.allValues("content-encoding"));
  }

  private static HttpUriRequestBase toHttpRequest(Target.Url url, OutboundRequest from) {
    HttpUriRequestBase to =
        new HttpUriRequestBase(from.method(), URI.create(url.scheme() + ":///"));
    to.setScheme(url.scheme());
    boolean isDefaultPort = url.port() == UrlParser.defaultPort(url.scheme());
    to.setAuthority(new URIAuthority(url.host(), isDefaultPort ? -1 : url.port()));
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

  private OutboundResult.OutboundFailure failureOf(Exception e) {
    String site = url.authority();
    return switch (e) {
      case TargetCheck.TargetRefusedException refused -> refused.failed();
      case UnknownHostException _ ->
          failed(OutboundError.DNS, "no address found for " + url.host());
      case ConnectTimeoutException _, ConnectException _, NoRouteToHostException _ ->
          failed(OutboundError.CONNECT, "cannot connect to " + site);
      case ResponseBody.TooLargeException _ ->
          failed(OutboundError.TOO_LARGE, site + " sent more than " + limits.maxBytes() + " bytes");
      case ResponseBody.NoMemoryException _ ->
          failed(
              OutboundError.NODE_BUSY,
              "this node had no memory free in time for the response of " + site);
      case SSLException tlsError -> tlsFailureOf(tlsError);
      case ResponseBody.BadEncodingException bad ->
          failed(OutboundError.INVALID_RESPONSE, site + " sent content " + bad.getMessage());
      case ZipException _ ->
          failed(
              OutboundError.INVALID_RESPONSE, site + " sent content that cannot be decompressed");
      case EOFException _ ->
          failed(
              OutboundError.CONNECTION_LOST, site + " sent compressed content that ends too soon");
      case HttpException _, ClientProtocolException _, MessageConstraintException _ ->
          failed(OutboundError.INVALID_RESPONSE, site + " sent no valid HTTP response");
      default -> failed(OutboundError.CONNECTION_LOST, "the connection to " + site + " was lost");
    };
  }

  /**
   * A site that closes the connection during the handshake may be restarting, so that is temporary;
   * a bad certificate is not.
   */
  private OutboundResult.OutboundFailure tlsFailureOf(SSLException e) {
    if (e.getCause() instanceof EOFException || e.getCause() instanceof SocketException) {
      return failed(
          OutboundError.CONNECTION_LOST, "the connection to " + url.authority() + " was lost");
    }
    String certificate = "the certificate of " + url.authority();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case CertificateExpiredException _, CertificateNotYetValidException _ -> {
          return failed(OutboundError.TLS, certificate + " has expired or is not valid yet");
        }
        case SSLPeerUnverifiedException _ -> {
          return failed(OutboundError.TLS, certificate + " is for another host");
        }
        case CertificateException other when isHostMismatch(other) -> {
          return failed(OutboundError.TLS, certificate + " is for another host");
        }
        case CertPathBuilderException _ -> {
          return failed(OutboundError.TLS, certificate + " is not signed by a trusted authority");
        }
        default -> {
          // the cause may be more precise
        }
      }
    }
    return failed(OutboundError.TLS, "no trusted TLS connection to " + url.authority());
  }

  /** The JDK has no exception type for this, only messages. */
  private static boolean isHostMismatch(CertificateException e) {
    String message = String.valueOf(e.getMessage());
    return message.startsWith("No subject alternative") || message.startsWith("No name matching");
  }

  private static OutboundResult.OutboundFailure failed(OutboundError error, String message) {
    return new OutboundResult.OutboundFailure(error, message);
  }
}
