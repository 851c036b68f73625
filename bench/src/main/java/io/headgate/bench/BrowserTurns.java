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
 * Work in browsers through the whole server, beside loops of Playwright alone: one as it is
 * written, and one whose browsers have been spared what the server spares its own.
 *
 * @param name of the work, for the rounds
 * @param unit what is made
 * @param batch what the server is asked for
 * @param given its items
 * @param loop one round of a loop
 */
record BrowserTurns(String name, String unit, NewBatch batch, Given given, Loop loop) {

  private static final int ROUNDS = 7;
  private static final double LEAST_OF_BARE_LOOP = 0.9;
  private static final String PLAIN = "Playwright loop that keeps its browsers, a context each";
  private static final String SLIMMED = "the same loop, its browsers slimmed as the server's";
  private static final String FEATURES_OFF = "--disable-features=";

  /** No browser of a loop has this one: they go out directly. */
  private static final String OF_THE_SERVER = "--proxy-bypass-list=";

  private static final String OF_A_CHILD = "--type=";

  /** What both sides are given: how many, and as lines of a batch. */
  record Given(int count, String ndjson) {}

  /** One round of a loop, through all that is given. */
  interface Loop {
    Rate through(BarePlaywright browsers) throws Exception;
  }

  List<Figure> take(Settings settings, House house) throws Exception {
    return List.of(
        beside(PLAIN, List.of(), settings, house),
        beside(SLIMMED, List.of(featuresOff()), settings, house));
  }

  private Figure beside(String rival, List<String> switches, Settings settings, House house)
      throws Exception {
    int browsers = Runtime.getRuntime().availableProcessors();
    try (BarePlaywright bare = BarePlaywright.start(browsers, switches)) {
      return Turns.take(
              name,
              settings.rounds(ROUNDS),
              () -> Ended.rate(house, batch, given.ndjson(), unit),
              () -> loop.through(bare))
          .figure(
              "%,d %s in %d browsers".formatted(given.count(), unit, browsers),
              rival,
              LEAST_OF_BARE_LOOP);
    }
  }

  /** Read from a browser of the server's, which runs in this process and has just worked. */
  private static String featuresOff() {
    return ProcessHandle.current()
        .descendants()
        .flatMap(process -> arguments(process).stream())
        .filter(arguments -> arguments.contains(OF_THE_SERVER) && !arguments.contains(OF_A_CHILD))
        .flatMap(arguments -> Stream.of(arguments.split("\0", -1)))
        .filter(argument -> argument.startsWith(FEATURES_OFF))
        // the driver's come first, and the last one counts
        .reduce((_, last) -> last)
        .orElseThrow(() -> new IllegalStateException("no browser of the server's is running"));
  }

  private static Optional<String> arguments(ProcessHandle process) {
    try {
      Path file = Path.of("/proc", String.valueOf(process.pid()), "cmdline");
      return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IOException _) {
      return Optional.empty(); // it has ended
    }
  }
}
