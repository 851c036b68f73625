package io.headgate.webhook;

import io.headgate.batch.AttemptResult;
import io.headgate.batch.Caller;
import io.headgate.engine.EngineFixture;
import io.headgate.engine.StartedAttempt;
import io.headgate.outbound.Outbound;
import io.headgate.outbound.TargetCheck;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;

/** An engine, a real receiver on loopback, and a deliverer that tests drive step by step. */
abstract class WebhookTestBase {

  static final byte[] KEY = new byte[32];

  final EngineFixture fixture = new EngineFixture();
  final Receiver receiver = new Receiver();
  final EndpointSecrets secrets = new EndpointSecrets(KEY);
  final Outbound outbound = new Outbound(new TargetCheck(true), fixture.clock);
  final Endpoints endpoints =
      new Endpoints(fixture.database, fixture.clock, outbound.targetCheck(), secrets);
  final Deliveries deliveries = new Deliveries(fixture.database, fixture.clock);
  final EventFanOut fanOut = new EventFanOut(fixture.database);
  final Deliverer deliverer = deliverer();
  final EndpointOwner owner = EndpointOwner.ofNative(fixture.caller.account());

  @AfterEach
  void close() {
    deliverer.close();
    outbound.close();
    receiver.close();
    fixture.close();
  }

  /** The deliverer of another node. */
  Deliverer deliverer() {
    Deliverer created = new Deliverer(fixture.database, fixture.clock, outbound, secrets);
    created.add(new NativeWebhookFormat());
    return created;
  }

  Endpoint.CreatedEndpoint endpoint(String path, String... events) {
    return endpoint(fixture.caller, path, events);
  }

  Endpoint.CreatedEndpoint endpoint(Caller caller, String path, String... events) {
    return endpoints.create(
        EndpointOwner.ofNative(caller.account()), settings(path, events), (tx, made) -> {});
  }

  Endpoint.EndpointSettings settings(String path, String... events) {
    return new Endpoint.EndpointSettings(
        receiver.url(path),
        events.length == 0 ? NativeWebhookFormat.EVENTS : Arrays.asList(events),
        NativeWebhookFormat.NAME,
        SignatureScheme.STANDARD,
        null);
  }

  /** Distributes all events, and delivers all that is due now, on one node. */
  void deliver() {
    deliver(deliverer);
  }

  void deliver(Deliverer node) {
    boolean more = true;
    while (more) {
      more = fanOut.runOnce();
    }
    deliverOnly(node);
  }

  static void deliverOnly(Deliverer node) {
    try {
      while (node.runOnce()) {
        node.awaitIdle();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs every item of a batch to its end, and distributes its events. */
  void runToEnd(UUID batch, AttemptResult result) {
    runItems(batch, result);
    boolean more = true;
    while (more) {
      more = fanOut.runOnce();
    }
  }

  void completeBatches(int count) {
    IntStream.range(0, count).forEach(i -> runToEnd(fixture.submit(1), EngineFixture.SUCCESS));
  }

  /** Runs every item of a batch to its end. */
  void runItems(UUID batch, AttemptResult result) {
    List<StartedAttempt> claims = fixture.claim(1_000);
    while (!claims.isEmpty()) {
      fixture.settle(claims, result);
      claims = fixture.claim(1_000);
    }
  }

  List<JsonNode> bodies(String path) {
    return receiver.receivedAt(path).stream().map(Receiver.ReceivedMessage::json).toList();
  }

  List<String> types(String path) {
    return receiver.types(path);
  }

  List<String> ids(String path) {
    return receiver.ids(path);
  }

  Endpoint current(Endpoint endpoint) {
    return endpoints.find(endpoint.owner(), endpoint.id()).orElseThrow();
  }

  /** The result of the last attempt. */
  DeliveryAttempt lastAttempt(Endpoint endpoint) {
    return Objects.requireNonNull(current(endpoint).statistics().lastAttempt());
  }

  List<Delivery> deliveryLog(Endpoint endpoint) {
    return deliveries.list(owner, endpoint.id(), null, new UUID(-1, -1), 500).orElseThrow();
  }
}
