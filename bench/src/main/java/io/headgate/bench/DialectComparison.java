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
final class DialectComparison implements Comparison {

  private static final int WARM_UP = 200;
  private static final int ROUNDS = 500;
  private static final int URLS = 20;
  private static final double MAX_RATIO = 1.3;

  /** The calls of an API that submit, read and cancel a batch. */
  private record ApiCalls(
      String submit, String body, List<String> reads, String method, String cancel) {

    static final ApiCalls NATIVE =
        new ApiCalls(
            "/v1/batches",
            "{\"processor\":\"scrape\",\"limits\":{\"concurrency\":10},\"items\":[%s]}"
                .formatted(each("{\"input\":{\"url\":\"http://8.8.8.8/%d\"}}")),
            List.of("/v1/batches/ID", "/v1/batches/ID/items?limit=50"),
            "POST",
            "/v1/batches/ID/cancel");

    static final ApiCalls SPIDRA =
        new ApiCalls(
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
  private record CallTimes(List<Double> submits, List<Double> reads, List<Double> cancels) {
    CallTimes() {
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
    BlockingProcessor held = new BlockingProcessor();
    try (BenchServer server = BenchServer.open(settings, List.of(held));
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      CallSender calls = new CallSender(http, server.url(), server.key());
      rounds(calls, held, WARM_UP, new CallTimes(), new CallTimes());
      server.checkpoint();
      CallTimes natively = new CallTimes();
      CallTimes spidra = new CallTimes();
      rounds(calls, held, settings.quick() ? WARM_UP : ROUNDS, natively, spidra);
      return List.of(
          figure("submit", spidra.submits(), natively.submits()),
          figure("status with items", spidra.reads(), natively.reads()),
          figure("cancel", spidra.cancels(), natively.cancels()));
    }
  }

  /** Alternates between the APIs, so that other load on the machine affects both. */
  private static void rounds(
      CallSender calls, BlockingProcessor held, int rounds, CallTimes natively, CallTimes spidra)
      throws Exception {
    for (int round = 0; round < rounds; round++) {
      calls.round(ApiCalls.NATIVE, natively);
      held.release();
      calls.round(ApiCalls.SPIDRA, spidra);
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
        MAX_RATIO);
  }

  /** Replaces the processor that the dialect uses and blocks its items until {@link #release}. */
  private static final class BlockingProcessor implements Processor {

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
  private record CallSender(HttpClient http, String url, String key) {

    void round(ApiCalls way, CallTimes times) throws Exception {
      long start = System.nanoTime();
      String id = id(send("POST", way.submit(), way.body()));
      long submittedNanos = System.nanoTime();
      for (String read : way.reads()) {
        String ignored = send("GET", read.replace("ID", id), "");
      }
      long readNanos = System.nanoTime();
      String ignored = send(way.method(), way.cancel().replace("ID", id), "");
      times.cancels().add((System.nanoTime() - readNanos) / 1e6);
      times.reads().add((readNanos - submittedNanos) / 1e6);
      times.submits().add((submittedNanos - start) / 1e6);
    }

    private static String id(String response) {
      var body = JsonMapper.shared().readTree(response);
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
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IllegalStateException(method + " " + path + ": " + response.body());
      }
      return response.body();
    }
  }
}
