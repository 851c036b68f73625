package io.headgate.bench;

import io.headgate.client.NewBatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares browser work through the whole server with two plain Playwright loops: one with the
 * default browser features, and one with the features switched off that the server switches off.
 *
 * @param name the name of the work in the output
 * @param unit what one item produces
 * @param batch the batch to submit
 * @param items the items of the batch
 * @param round one round of a Playwright loop
 */
record BrowserComparison(
    String name, String unit, NewBatch batch, BrowserItems items, PlaywrightRound round) {

  private static final int ROUNDS = 7;
  private static final double MIN_OF_BARE_LOOP = 0.9;
  private static final String PLAIN = "Playwright loop that keeps its browsers, a context each";
  private static final String SLIMMED = "the same loop, its browsers slimmed as the server's";
  private static final String FEATURES_OFF = "--disable-features=";

  /** A switch that only the server's browsers have, because only they use a proxy. */
  private static final String SERVER_SWITCH = "--proxy-bypass-list=";

  private static final String CHILD_SWITCH = "--type=";

  /** The input of both sides: the number of items, and the items as NDJSON. */
  record BrowserItems(int count, String ndjson) {}

  /** One round of a Playwright loop over all items. */
  interface PlaywrightRound {
    Rate run(BarePlaywright browsers) throws Exception;
  }

  List<Figure> run(Settings settings, BenchServer server) throws Exception {
    return List.of(
        compareWith(PLAIN, List.of(), settings, server),
        compareWith(SLIMMED, List.of(featuresOff()), settings, server));
  }

  private Figure compareWith(
      String competitor, List<String> switches, Settings settings, BenchServer server)
      throws Exception {
    int browsers = Runtime.getRuntime().availableProcessors();
    try (BarePlaywright bare = BarePlaywright.start(browsers, switches)) {
      return PairedRounds.run(
              name,
              settings.rounds(ROUNDS),
              () -> BatchRun.rate(server, batch, items.ndjson(), unit),
              () -> round.run(bare))
          .figure(
              "%,d %s in %d browsers".formatted(items.count(), unit, browsers),
              competitor,
              MIN_OF_BARE_LOOP);
    }
  }

  /**
   * Reads the switch from a running browser of the server, which is a descendant of this process.
   */
  private static String featuresOff() {
    return ProcessHandle.current()
        .descendants()
        .flatMap(process -> arguments(process).stream())
        .filter(arguments -> arguments.contains(SERVER_SWITCH) && !arguments.contains(CHILD_SWITCH))
        .flatMap(arguments -> Stream.of(arguments.split("\0", -1)))
        .filter(argument -> argument.startsWith(FEATURES_OFF))
        // the driver's switches come first; Chromium uses the last one
        .reduce((_, last) -> last)
        .orElseThrow(() -> new IllegalStateException("no browser of the server is running"));
  }

  private static Optional<String> arguments(ProcessHandle process) {
    try {
      Path file = Path.of("/proc", String.valueOf(process.pid()), "cmdline");
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException _) {
      return Optional.empty(); // the process has ended
    }
  }
}
