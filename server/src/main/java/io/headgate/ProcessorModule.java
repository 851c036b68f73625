package io.headgate;

import io.headgate.browser.Browsers;
import io.headgate.browser.UpstreamProxy;
import io.headgate.config.Config;
import io.headgate.db.ClusterDatabase;
import io.headgate.node.MaintenanceTask;
import io.headgate.outbound.Outbound;
import io.headgate.outbound.OutboundProxy;
import io.headgate.outbound.TargetCheck;
import io.headgate.processor.Processor;
import io.headgate.processor.Processors;
import io.headgate.processor.http.HttpProcessor;
import io.headgate.processor.render.RenderProcessor;
import io.headgate.processor.scrape.ScrapeProcessor;
import io.headgate.processor.worker.WorkerProcessor;
import io.headgate.template.Templates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The processors of this server, and the only ways to the network that they have: outbound requests
 * and browsers.
 */
final class ProcessorModule {

  private static final Duration CLEANUP_INTERVAL = Duration.ofMinutes(10);

  private final Config config;
  private final Outbound outbound;
  private final Browsers browsers;
  private final Templates templates;
  private final Processors processors;

  /**
   * Builds the processors. Browsers start with their first visit.
   *
   * @param additional processors beside the server's own; one that has the name of an own processor
   *     replaces it
   */
  ProcessorModule(
      CloseableStack parts, Config config, ClusterDatabase cluster, List<Processor> additional) {
    this.config = config;
    outbound = parts.add(outbound(cluster));
    browsers = parts.add(browsers());
    templates = new Templates(cluster.database(), cluster.clock(), Templates.DEFAULT_LIMIT);
    processors = processors(cluster, additional);
  }

  Outbound outbound() {
    return outbound;
  }

  Templates templates() {
    return templates;
  }

  Processors processors() {
    return processors;
  }

  /** The maintenance task that deletes versions of templates that nothing uses any more. */
  MaintenanceTask cleanup() {
    return new MaintenanceTask(
        "old-template-versions", CLEANUP_INTERVAL, now -> templates.deleteUnusedVersions());
  }

  private Processors processors(ClusterDatabase cluster, List<Processor> additional) {
    List<Processor> all = new ArrayList<>();
    all.add(new ScrapeProcessor(outbound, browsers, upstreamProxy()));
    all.add(new RenderProcessor(browsers, templates, outbound, maxRenders()));
    all.add(new HttpProcessor(outbound, cluster.clock()));
    all.add(new WorkerProcessor());
    Set<String> replaced = additional.stream().map(Processor::name).collect(Collectors.toSet());
    all.removeIf(own -> replaced.contains(own.name()));
    all.addAll(additional);
    return new Processors(all);
  }

  /** One per browser, and one queued behind each, so that no browser waits for its next item. */
  private int maxRenders() {
    return 2 * config.browser().slots();
  }

  private Outbound outbound(ClusterDatabase cluster) {
    Config.SafetyConfig safety = config.safety();
    return new Outbound(
        new TargetCheck(safety.allowPrivateTargets()),
        cluster.clock(),
        safety
            .proxy()
            .map(proxy ->
                new OutboundProxy(proxy.host(), proxy.port(), proxy.user(), proxy.password())));
  }

  private Browsers browsers() {
    Config.BrowserConfig browser = config.browser();
    Browsers.BrowserLimits defaults =
        Browsers.BrowserLimits.defaults(browser.slots()).withVisits(browser.visitsPerBrowser());
    return Browsers.start(
        new Browsers.BrowserSettings(
            browser.slots(),
            browser.executable(),
            browser.maxMemory().map(defaults::withMemory).orElse(defaults),
            config.storage().dataFolder().resolve("browser")),
        outbound.targetCheck());
  }

  private Optional<UpstreamProxy> upstreamProxy() {
    return config
        .safety()
        .proxy()
        .map(proxy ->
            new UpstreamProxy(
                proxy.host(),
                proxy.port(),
                proxy.user().isEmpty() ? "" : proxy.user() + ":" + proxy.password()));
  }
}
