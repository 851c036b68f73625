package io.headgate.processor.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.Ids;
import io.headgate.outbound.Outbound;
import io.headgate.outbound.Site;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.TestAttempt;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Base class with a small site on loopback and a processor that scrapes it. */
abstract class ScrapeCase {

  static final JsonMapper JSON = JsonMapper.builder().build();
  static final String SHOP =
      """
      <!doctype html><html lang="en"><head><title> A shop </title>
      <meta name="description" content="Sells things"><meta property="og:title" content="Shop">
      <link rel="canonical" href="/shop"><link rel="shortcut icon" href="/i.ico"></head>
      <body><nav><a href="/">Home</a></nav><main><h1>Things</h1>
      <p>Buy <b>now</b> at <a href="buy?x=1#top">the counter</a>.</p>
      <ul><li class=item data-id=1>One</li><li class=item>Two</li></ul>
      <table><tr><th>Name</th><th>Price</th></tr><tr><td>One</td><td>5</td></tr></table>
      <img src="/p.png" alt="picture"></main>
      <script>alert("no")</script><footer>Imprint</footer></body></html>
      """;

  final Site site = new Site().page("/shop/", "text/html", SHOP);
  final Outbound outbound = new Outbound(true, InstantSource.system());
  final ScrapeProcessor scrape = new ScrapeProcessor(outbound);

  @AfterEach
  void close() {
    outbound.close();
    site.close();
  }

  JsonNode url(String path) {
    return JSON.getNodeFactory().stringNode(site.url(path));
  }

  JsonNode output(String path, String options) throws Exception {
    Outcome outcome = run(scrape, url(path), options, Duration.ofSeconds(20));
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    return ((Outcome.Succeeded) outcome).output();
  }

  Outcome.Failed failed(String path, String options) throws Exception {
    Outcome outcome = run(scrape, url(path), options, Duration.ofSeconds(20));
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return (Outcome.Failed) outcome;
  }

  static Outcome run(ScrapeProcessor processor, JsonNode input, String options, Duration time)
      throws InterruptedException {
    JsonNode read = JSON.readTree(options);
    assertThat(processor.checkOptions(read)).isEmpty();
    assertThat(processor.checkInput(input, read)).isEmpty();
    Input item = new Input(Ids.next(), 0, null, input, read, List.of());
    return processor.run(item, TestAttempt.lasting(time));
  }

  /** Waits a moment for a request that must not arrive. */
  static void awaitUnexpected(CountDownLatch request) throws IOException {
    try {
      boolean _ = request.await(300, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
