package io.headgate;

import io.headgate.browser.Browsers;
import io.headgate.browser.UpstreamProxy;
import io.headgate.config.Config;
import io.headgate.db.ClusterClock;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What this server's own processors work with. */
record ProcessorFactory(
    Config config, Outbound outbound, Browsers browsers, Templates templates, ClusterClock clock) {

  /** Not started yet: the first visit does that. */
  static Browsers browsers(Config config, Outbound outbound) {
    Config.BrowserConfig wanted = config.browser();
    return Browsers.start(
        new Browsers.BrowserSettings(
            wanted.slots(),
            wanted.executable(),
            bounds(wanted),
            config.storage().dataFolder().resolve("browser")),
        outbound.targetCheck());
  }

  private static Browsers.BrowserLimits bounds(Config.BrowserConfig wanted) {
    Browsers.BrowserLimits usual = Browsers.BrowserLimits.defaults(wanted.slots()).withVisits(wanted.visitsPerBrowser());
    return wanted.maxMemory().map(usual::withMemory).orElse(usual);
  }

  /** All of them, and the guests; a guest takes the place of the one whose name it has. */
  Processors processors(List<Processor> guests) {
    List<Processor> all = new ArrayList<>();
    all.add(new ScrapeProcessor(outbound, browsers, proxy()));
    all.add(new RenderProcessor(browsers, templates, outbound, renders()));
    all.add(new HttpProcessor(outbound, clock));
    all.add(new WorkerProcessor());
    Set<String> taken = guests.stream().map(Processor::name).collect(Collectors.toSet());
    all.removeIf(own -> taken.contains(own.name()));
    all.addAll(guests);
    return new Processors(all);
  }

  /** As many as there are browsers, and one behind each, so that none waits for its next item. */
  private int renders() {
    return 2 * config.browser().slots();
  }

  private Optional<UpstreamProxy> proxy() {
    return config
        .safety()
        .proxy()
        .map(proxy ->
            new UpstreamProxy(
                proxy.host(),
                proxy.port(),
                proxy.user().isEmpty() ? "" : proxy.user() + ":" + proxy.password()));
  }

  /** The only way out. */
  static Outbound outbound(Config.SafetyConfig safety, ClusterClock clock) {
    return new Outbound(
        new TargetCheck(safety.allowPrivateTargets()),
        clock,
        safety
            .proxy()
            .map(proxy ->
                new OutboundProxy(proxy.host(), proxy.port(), proxy.user(), proxy.password())));
  }
}
