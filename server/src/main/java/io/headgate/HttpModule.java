package io.headgate;

import io.headgate.access.AccessFilter;
import io.headgate.api.RequestMetrics;
import io.headgate.config.Config;
import io.headgate.dialect.Dialect;
import io.headgate.dialect.DialectApis;
import io.headgate.http.Api;
import io.headgate.http.HttpServer;
import io.headgate.http.Operation;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;

/** Serves every API at its paths: the native one and the dialects. */
final class HttpModule {

  private HttpModule() {}

  static HttpServer start(
      Config.HttpConfig config, List<Api> apis, PrometheusMeterRegistry metrics) {
    return HttpServer.start(
        new HttpServer.ListenAddress(config.host(), config.port()),
        config.tls().map(tls -> new HttpServer.TlsFiles(tls.certificate(), tls.key())),
        apis,
        new RequestMetrics(metrics));
  }

  static List<Api> apis(
      List<Operation> nativeOperations, List<Dialect> dialects, AccessFilter filter) {
    List<Api> apis = new ArrayList<>(DialectApis.apis(dialects, filter));
    apis.add(Api.ofNative(nativeOperations, filter));
    return apis;
  }

  /**
   * The URL of a server. An IPv6 address is put in brackets, which keep its colons from the port.
   */
  static String address(Config.HttpConfig config, int port) {
    String host = config.host();
    boolean bare = host.contains(":") && !host.startsWith("[");
    String scheme = config.tls().isPresent() ? "https://" : "http://";
    return scheme + (bare ? "[" + host + "]" : host) + ":" + port;
  }
}
