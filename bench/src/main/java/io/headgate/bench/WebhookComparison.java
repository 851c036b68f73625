package io.headgate.bench;

import com.sun.net.httpserver.HttpServer;
import io.headgate.client.NewWebhook;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Measures deliveries to a receiver on loopback that only acknowledges them. */
final class WebhookComparison implements Comparison {

  private static final int ROUNDS = 3;
  private static final int DELIVERIES = 20_000;
  private static final int ENDPOINTS = 16;
  private static final double MIN_PER_SECOND = 2_000;

  private static final String PENDING =
      "select count(*) from (select from webhook_delivery where state = 'pending' limit 1) waits";

  @Override
  public String name() {
    return "webhooks";
  }

  @Override
  public String question() {
    return "signed deliveries to a receiver on loopback, from the outbox to the log";
  }

  @Override
  public List<Figure> run(Settings settings) throws Exception {
    int deliveries = settings.quick() ? DELIVERIES / 10 : DELIVERIES;
    List<Rate> one = new ArrayList<>();
    List<Rate> many = new ArrayList<>();
    try (AcknowledgingReceiver receiver = new AcknowledgingReceiver();
        BenchServer server = BenchServer.open(settings)) {
      for (int i = 0; i < ENDPOINTS; i++) {
        server
            .client()
            .webhooks()
            .create(new NewWebhook(receiver.url(), List.of("batch.completed")))
            .value();
      }
      round(server, 1, deliveries);
      for (int round = 0; round < settings.rounds(ROUNDS); round++) {
        one.add(round(server, 1, deliveries));
        many.add(round(server, ENDPOINTS, deliveries));
        Report.printLine(
            "  one endpoint " + one.getLast() + ", " + ENDPOINTS + " endpoints " + many.getLast());
      }
      Report.printLine("  the receiver acknowledged %,d requests".formatted(receiver.requests()));
    }
    return List.of(
        Figure.atLeast("deliveries to one endpoint, in order", Rate.median(one), MIN_PER_SECOND),
        Figure.atLeast(
            "deliveries to %d endpoints".formatted(ENDPOINTS), Rate.median(many), MIN_PER_SECOND));
  }

  private static Rate round(BenchServer server, int endpoints, int deliveries) throws Exception {
    server.checkpoint();
    long began = System.nanoTime();
    // The rows that the engine writes when batches end, without the batches.
    server.execute(
        """
        insert into webhook_delivery (endpoint_id, event_id, kind, at, data, due_at)
        select e.id, gen_random_uuid(), 'batch.completed', now() - interval '1 minute',
          '{"state":"completed","counts":{"total":100,"succeeded":100}}', now() - interval '1 minute'
        from (select id from webhook_endpoint order by id limit %d) e, generate_series(1, %d);
        select pg_notify('headgate', 'delivery')
        """
            .formatted(endpoints, deliveries / endpoints));
    Polling.until("all has been delivered", () -> server.count(PENDING) == 0);
    return Rate.of(deliveries, System.nanoTime() - began, "deliveries");
  }

  /** Acknowledges every request. */
  private static final class AcknowledgingReceiver implements AutoCloseable {

    private final AtomicLong requests = new AtomicLong();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    AcknowledgingReceiver() throws Exception {
      // Without it, a body in a second packet waits for the acknowledgement of the first packet.
      System.setProperty("sun.net.httpserver.nodelay", "true");
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(threads);
      server.createContext(
          "/",
          exchange -> {
            exchange.getRequestBody().readAllBytes();
            requests.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
          });
      server.start();
    }

    String url() {
      return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    long requests() {
      return requests.get();
    }

    @Override
    public void close() {
      server.stop(0);
      threads.close();
    }
  }
}
