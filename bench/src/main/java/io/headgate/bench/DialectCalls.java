package io.headgate.bench;

import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** Compares the cost of calls through a dialect with the native calls that do the same. */
final class DialectCalls implements Comparison {

  private static final int WARM_UP = 200;
  private static final int ROUNDS = 500;
  private static final int URLS = 20;
  private static final double MOST = 1.3;

  /** The calls of an API that submit, read and cancel a batch. */
  private record Way(String submit, String body, List<String> looks, String method, String cancel) {

    static final Way NATIVE =
        new Way(
            "/v1/batches",
            "{\"processor\":\"scrape\",\"limits\":{\"concurrency\":10},\"items\":[%s]}"
                .formatted(each("{\"input\":{\"url\":\"http://8.8.8.8/%d\"}}")),
            List.of("/v1/batches/ID", "/v1/batches/ID/items?limit=50"),
            "POST",
            "/v1/batches/ID/cancel");

    static final Way SPIDRA =
        new Way(
            "/api/batch/scrape",
            "{\"urls\":[%s]}".formatted(each("\"http://8.8.8.8/%d\"")),
            List.of("/api/batch/scrape/ID"),
            "DELETE",
            "/api/batch/scrape/ID");

    private static String each(String form) {
      return IntStream.range(0, URLS).mapToObj(form::formatted).collect(Collectors.joining(","));
    }
  }

  /** The durations of the calls through one API, in milliseconds. */
  private record Times(List<Double> submits, List<Double> looks, List<Double> cancels) {
    Times() {
      this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
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
    Held held = new Held();
    try (House house = House.open(settings, List.of(held));
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      Calls calls = new Calls(http, house.url(), house.key());
      rounds(calls, held, WARM_UP, new Times(), new Times());
      house.settleDisk();
      Times natively = new Times();
      Times spidra = new Times();
      rounds(calls, held, settings.quick() ? WARM_UP : ROUNDS, natively, spidra);
      return List.of(
          figure("submit", spidra.submits(), natively.submits()),
          figure("status with items", spidra.looks(), natively.looks()),
          figure("cancel", spidra.cancels(), natively.cancels()));
    }
  }

  /** Alternates between the APIs, so that other load on the machine affects both. */
  private static void rounds(Calls calls, Held held, int rounds, Times natively, Times spidra)
      throws Exception {
    for (int round = 0; round < rounds; round++) {
      calls.round(Way.NATIVE, natively);
      held.release();
      calls.round(Way.SPIDRA, spidra);
      held.release();
    }
  }

  private static Figure figure(String what, List<Double> dialect, List<Double> natively) {
    double measured = Median.of(dialect);
    double compared = Median.of(natively);
    return Figure.ratioAtMost(
        what + ", median of " + dialect.size(),
        Figure.number(measured) + " ms",
        "native: " + Figure.number(compared) + " ms",
        measured / compared,
        MOST);
  }

  /** Replaces the processor that the dialect uses and blocks its items until {@link #release}. */
  private static final class Held implements Processor {

    private volatile CountDownLatch gate = new CountDownLatch(1);

    @Override
    public String name() {
      return "scrape";
    }

    @Override
    public Outcome run(Input input, Attempt attempt) throws InterruptedException {
      gate.await();
      return new Outcome.Succeeded(input.input());
    }

    void release() {
      CountDownLatch closed = gate;
      gate = new CountDownLatch(1);
      closed.countDown();
    }
  }

  /** Sends the calls on one connection. */
  private record Calls(HttpClient http, String url, String key) {

    void round(Way way, Times times) throws Exception {
      long start = System.nanoTime();
      String id = id(send("POST", way.submit(), way.body()));
      long submitted = System.nanoTime();
      for (String look : way.looks()) {
        String ignored = send("GET", look.replace("ID", id), "");
      }
      long looked = System.nanoTime();
      String ignored = send(way.method(), way.cancel().replace("ID", id), "");
      times.cancels().add((System.nanoTime() - looked) / 1e6);
      times.looks().add((looked - submitted) / 1e6);
      times.submits().add((submitted - start) / 1e6);
    }

    private static String id(String answer) {
      var body = JsonMapper.shared().readTree(answer);
      return body.path(body.has("id") ? "id" : "batchId").asString();
    }

    private String send(String method, String path, String body) throws Exception {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + path))
              .header("x-api-key", key)
              .header("Content-Type", "application/json")
              .method(
                  method,
                  body.isEmpty()
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofString(body))
              .build();
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(method + " " + path + ": " + answer.body());
      }
      return answer.body();
    }
  }
}
