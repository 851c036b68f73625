package io.headgate.browser;

import io.headgate.outbound.CheckedConnector;
import io.headgate.outbound.OutboundError;
import io.headgate.outbound.OutboundResult;
import io.headgate.outbound.Target;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves one connection from a browser to the forward proxy: a tunnel (https, WebSockets), or one
 * plain http request. A plain connection is closed after its response, because a second request on
 * it could name another host than the first.
 */
final class ForwardProxyConnection implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(ForwardProxyConnection.class);
  private static final int CHUNK = 32_768;
  private static final int PROXY_CONNECT_TIMEOUT_MILLIS = 10_000;
  private static final String REFUSED =
      "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  private static final String BAD_REQUEST =
      "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  private static final String CONNECTED = "HTTP/1.1 200 Connection established\r\n\r\n";

  private final Socket browser;
  private final CheckedConnector connector;
  private final VisitProxy visit;

  ForwardProxyConnection(Socket browser, CheckedConnector connector, VisitProxy visit) {
    this.browser = browser;
    this.connector = connector;
    this.visit = visit;
  }

  @Override
  public void run() {
    try (browser) {
      if (PeerUser.isOtherUser(browser)) {
        return;
      }
      browser.setTcpNoDelay(true);
      visit.add(browser);
      try {
        serve(new HttpHeadReader(browser.getInputStream()));
      } finally {
        visit.remove(browser);
      }
    } catch (IOException _) {
      // the browser or the site closed its connection
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(HttpHeadReader reader) throws IOException, InterruptedException {
    HttpHeadReader.RequestHead request;
    try {
      request = reader.request();
    } catch (HttpHeadReader.MalformedHeadException e) {
      log.debug("refused a request of a page: {}", e.getMessage());
      reply(BAD_REQUEST);
      return;
    }
    boolean tunnel = request.method().equals("CONNECT");
    String url = tunnel ? "https://" + request.target() + "/" : request.target();
    switch (Target.parse(origin(url))) {
      case OutboundResult.OutboundFailure failed -> refuse(failed, tunnel);
      case Target.Url target -> forward(new ProxyRequest(request, reader.rest(), target));
    }
  }

  /**
   * A request of the browser.
   *
   * @param body what follows its head: the request body, or the tunnelled bytes
   * @param target where the request goes
   */
  private record ProxyRequest(
      HttpHeadReader.RequestHead request, InputStream body, Target.Url target) {

    boolean tunnel() {
      return request.method().equals("CONNECT");
    }

    /** The request target as the browser sent it. */
    String written() {
      return request.target();
    }
  }

  /** The URL without path and query, which are forwarded as written and need no check. */
  private static String origin(String url) {
    int authority = url.indexOf("://") + 3;
    for (int i = authority; i < url.length(); i++) {
      if ("/?#".indexOf(url.charAt(i)) >= 0) {
        return url.substring(0, i) + "/";
      }
    }
    return url;
  }

  private void forward(ProxyRequest request) throws IOException, InterruptedException {
    try (Socket site = connect(request)) {
      visit.add(site);
      try {
        if (request.tunnel()) {
          tunnel(request, site);
        } else {
          exchange(request, site);
        }
      } finally {
        visit.remove(site);
      }
    } catch (CheckedConnector.ConnectFailedException e) {
      refuse(e.failed(), request.tunnel());
    }
  }

  private Socket connect(ProxyRequest request) throws IOException, InterruptedException {
    if (visit.proxy().isEmpty()) {
      return connector.connect(request.target());
    }
    connector.check(request.target());
    UpstreamProxy proxy = visit.proxy().get();
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(proxy.host(), proxy.port()), PROXY_CONNECT_TIMEOUT_MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      refuse(
          new OutboundResult.OutboundFailure(
              OutboundError.CONNECT, "cannot connect to the upstream proxy"),
          request.tunnel());
      throw e;
    }
  }

  private void tunnel(ProxyRequest request, Socket site) throws IOException {
    HttpHeadReader fromSite = new HttpHeadReader(site.getInputStream());
    if (visit.proxy().isPresent()) {
      String authority = request.written();
      HttpHead connect = new HttpHead("CONNECT " + authority + " HTTP/1.1", List.of());
      write(site, withLogin(connect.with("Host", authority)).bytes());
      Optional<OutboundResult.OutboundFailure> failure = connectFailure(fromSite);
      if (failure.isPresent()) {
        refuse(failure.get(), true);
        return;
      }
    }
    reply(CONNECTED);
    Thread upload = Thread.ofVirtual().start(() -> copyUntilClosed(request.body(), site));
    try {
      copy(fromSite.rest(), browser.getOutputStream());
    } finally {
      VisitProxy.closeQuietly(browser);
      upload.interrupt();
    }
  }

  /** Reads the response of the upstream proxy to CONNECT. Empty when the tunnel is open. */
  private static Optional<OutboundResult.OutboundFailure> connectFailure(HttpHeadReader fromProxy)
      throws IOException {
    try {
      HttpHeadReader.ResponseHead response = fromProxy.response();
      return response.status() / 100 == 2
          ? Optional.empty()
          : Optional.of(proxyFailure(response.head()));
    } catch (HttpHeadReader.MalformedHeadException _) {
      return Optional.of(
          new OutboundResult.OutboundFailure(
              OutboundError.CONNECT, "the upstream proxy sent no valid HTTP response"));
    }
  }

  private static OutboundResult.OutboundFailure proxyFailure(HttpHead response) {
    return new OutboundResult.OutboundFailure(
        OutboundError.CONNECT,
        "the upstream proxy returned " + response.start().replaceAll("\\p{C}", ""));
  }

  private void exchange(ProxyRequest request, Socket site) throws IOException {
    String pathAndQuery = request.written().substring(origin(request.written()).length() - 1);
    String path =
        visit.proxy().isPresent() ? request.written() : pathAndQuery.isEmpty() ? "/" : pathAndQuery;
    String start = request.request().method() + " " + path + " HTTP/1.1";
    write(site, withLogin(request.request().head().forwarded(start)).bytes());
    Thread upload = Thread.ofVirtual().start(() -> copyUntilClosed(request.body(), site));
    try {
      HttpHeadReader fromSite = new HttpHeadReader(site.getInputStream());
      HttpHeadReader.ResponseHead response = finalResponse(fromSite);
      if (visit.proxy().isPresent() && response.status() == 407) {
        // The browser would take it for a challenge of this proxy.
        refuse(proxyFailure(response.head()), false);
        return;
      }
      write(browser, response.head().forwarded(response.head().start()).bytes());
      copy(fromSite.rest(), browser.getOutputStream());
    } catch (HttpHeadReader.MalformedHeadException e) {
      String message = request.target().authority() + " sent no valid HTTP response";
      refuse(new OutboundResult.OutboundFailure(OutboundError.INVALID_RESPONSE, message), false);
    } finally {
      VisitProxy.closeQuietly(browser);
      upload.interrupt();
    }
  }

  private static HttpHeadReader.ResponseHead finalResponse(HttpHeadReader reader)
      throws IOException {
    HttpHeadReader.ResponseHead response = reader.response();
    while (response.status() / 100 == 1) {
      response = reader.response();
    }
    return response;
  }

  private HttpHead withLogin(HttpHead head) {
    String login = visit.proxy().map(UpstreamProxy::login).orElse("");
    if (login.isEmpty()) {
      return head;
    }
    String[] parts = login.split(":", 2);
    String password = parts.length > 1 ? parts[1] : "";
    return head.with("Proxy-Authorization", VisitProxy.credential(parts[0], password));
  }

  private void copyUntilClosed(InputStream from, Socket to) {
    try {
      copy(from, to.getOutputStream());
    } catch (IOException _) {
      // the other direction fails as well
    } finally {
      VisitProxy.closeQuietly(to);
    }
  }

  private void copy(InputStream from, OutputStream to) throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
      visit.count(n);
      to.write(chunk, 0, n);
      to.flush();
    }
  }

  /**
   * Reports the failure to the visit and ends the request. Plain http gets no response at all: the
   * browser would show an empty page instead of failing.
   */
  private void refuse(OutboundResult.OutboundFailure failed, boolean tunnel) throws IOException {
    visit.recordFailure(failed);
    if (tunnel) {
      reply(REFUSED);
    }
  }

  private void reply(String response) throws IOException {
    write(browser, response.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void write(Socket socket, byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }
}
