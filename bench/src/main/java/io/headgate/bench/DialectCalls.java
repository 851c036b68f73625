package io.headgate.bench;

import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a call costs through a dialect, beside the native call that does the same. */
final class DialectCalls implements Comparison {

  private static final int WARM_UP = 200;
  private static final int ROUNDS = 500;
  private static final int URLS = 20;
  private static final double MOST = 1.3;

  private static final String PAGES =
      IntStream.range(0, URLS)
          .mapToObj(i -> "\"http://127.0.0.1:9/" + i + "\"")
          .collect(Collectors.joining(","));

  /** One way to submit, look and cancel: what is sent where, and what it took in milliseconds. */
  private static final class Way {
    private final List<Double> submits = new ArrayList<>();
    private final List<Double> looks = new ArrayList<>();
    private final List<Double> cancels = new ArrayList<>();
  }

  @Override
  public String name() {
    return "dialects";
  }

  @Override
  public String question() {
    return "submit, status and cancel of a batch of " + URLS + " URLs, through Spidra and natively";
  }

  @Override
  public List<Figure> run(Settings settings) throws Exception {
    Way natively = new Way();
    Way spidra = new Way();
    int rounds = WARM_UP + (settings.quick() ? WARM_UP : ROUNDS);
    try (House house = House.open(settings, List.of(new HeldProcessor("scrape")));
        HttpClient http = HttpClient.newHttpClient()) {
      Caller caller = new Caller(http, house.address(http), house.key());
      for (int round = 0; round < rounds; round++) {
        if (round == WARM_UP) {
          house.settleDisk();
          List.of(natively, spidra).forEach(DialectCalls::forget);
        }
        // In turn, so that whatever else the machine does hits both.
        natively(caller, natively);
        spidra(caller, spidra);
      }
    }
    return List.of(
        figure("submit", spidra.submits, natively.submits),
        figure("status with items", spidra.looks, natively.looks),
        figure("cancel", spidra.cancels, natively.cancels));
  }
}
