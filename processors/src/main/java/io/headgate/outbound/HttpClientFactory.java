package io.headgate.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultProxyRoutePlanner;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Builds the HTTP/1.1 clients. Everything that could contact another host or leak data is disabled:
 * redirects, system proxies, cookies, credentials, upgrades. Every direct connection goes to an
 * address that {@link TargetCheck#addresses} returned.
 */
final class HttpClientFactory {

  private static final int MAX_CONNECTIONS = 2_048;
  private static final int MAX_HEADERS = 200;
  private static final int MAX_HEADER_LINE = 16_384;
  private static final Timeout CONNECT_TIMEOUT = Timeout.ofSeconds(10);
  private static final TimeValue IDLE_TIMEOUT = TimeValue.ofSeconds(20);

  private HttpClientFactory() {}

  static CloseableHttpClient direct(TargetCheck targets, SSLContext tls) {
    return client(connections(new CheckedDnsResolver(targets), tls), false)
        .setRoutePlanner(new DefaultRoutePlanner(null))
        .build();
  }

  /** A client that connects only to the proxy, which then resolves the names of targets. */
  static CloseableHttpClient throughProxy(OutboundProxy proxy, SSLContext tls) {
    HttpHost host = new HttpHost("http", proxy.host(), proxy.port());
    BasicCredentialsProvider credentials = new BasicCredentialsProvider();
    if (!proxy.user().isEmpty()) {
      credentials.setCredentials(
          new AuthScope(host),
          new UsernamePasswordCredentials(proxy.user(), proxy.password().toCharArray()));
    }
    return client(connections(SystemDefaultDnsResolver.INSTANCE, tls), !proxy.user().isEmpty())
        .setRoutePlanner(new DefaultProxyRoutePlanner(host))
        .setDefaultCredentialsProvider(credentials)
        .build();
  }

  private static HttpClientBuilder client(
      PoolingHttpClientConnectionManager connections, boolean authentication) {
    RequestConfig requests =
        RequestConfig.custom()
            .setProtocolUpgradeEnabled(false)
            .setAuthenticationEnabled(authentication)
            .setConnectionRequestTimeout(Timeout.DISABLED)
            .build();
    return HttpClients.custom()
        .setConnectionManager(connections)
        .setDefaultRequestConfig(requests)
        .setRetryStrategy(new StaleConnectionRetry())
        .disableRedirectHandling()
        .disableContentCompression()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableConnectionState()
        .evictIdleConnections(IDLE_TIMEOUT)
        .setUserAgent("Headgate");
  }

  private static PoolingHttpClientConnectionManager connections(
      DnsResolver resolver, SSLContext tls) {
    Http1Config limits =
        Http1Config.custom()
            .setMaxHeaderCount(MAX_HEADERS)
            .setMaxLineLength(MAX_HEADER_LINE)
            .build();
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder().http1Config(limits).build())
        .setDnsResolver(resolver)
        .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
        .setDefaultConnectionConfig(
            ConnectionConfig.custom().setConnectTimeout(CONNECT_TIMEOUT).build())
        .setMaxConnTotal(MAX_CONNECTIONS)
        .setMaxConnPerRoute(MAX_CONNECTIONS)
        .build();
  }

  /**
   * The client calls this once per connection, also for literals, and connects only to the result:
   * the address that is checked is the address of the connection.
   */
  private record CheckedDnsResolver(TargetCheck targets) implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      try {
        return targets.addresses(host).toArray(InetAddress[]::new);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UnknownHostException(host);
      }
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }

  /**
   * A site can close a kept connection just when the next request is sent on it: the response does
   * not begin, or the connection is reset. Such a request is sent again on a new connection if it
   * is idempotent. No other failure is retried here.
   */
  private static final class StaleConnectionRetry extends DefaultHttpRequestRetryStrategy {

    StaleConnectionRetry() {
      super(1, TimeValue.ZERO_MILLISECONDS, List.of(), List.of());
    }

    @Override
    public boolean retryRequest(
        HttpRequest request, IOException failure, int count, HttpContext context) {
      return (failure instanceof NoHttpResponseException
              || (failure instanceof SocketException && wasUsedBefore(context)))
          && super.retryRequest(request, failure, count, context);
    }

    /** The reset of a new connection means that the site refuses the request. */
    private static boolean wasUsedBefore(HttpContext context) {
      EndpointDetails connection = HttpClientContext.cast(context).getEndpointDetails();
      return connection != null && connection.getResponseCount() > 0;
    }

    @Override
    public boolean retryRequest(HttpResponse response, int count, HttpContext context) {
      return false;
    }
  }
}
