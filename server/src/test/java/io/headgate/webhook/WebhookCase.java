package io.headgate.webhook;

import io.headgate.batch.Caller;
import io.headgate.engine.Claimed;
import io.headgate.engine.EngineFixture;
import io.headgate.outbound.Outbound;
import io.headgate.outbound.TargetCheck;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.JsonNode;

/** An engine, a real receiver on loopback, and a deliverer that tests drive step by step. */
abstract class WebhookCase {

  static final byte[] KEY = new byte[32];

  final EngineFixture house = new EngineFixture();
  final Receiver receiver = new Receiver();
  final Vault vault = new Vault(KEY);
  final Outbound outbound = new Outbound(new TargetCheck(true), house.clock);
  final Endpoints endpoints = new Endpoints(house.database, house.clock, outbound.targetCheck(), vault);
  final Deliveries deliveries = new Deliveries(house.database, house.clock);
  final EventFanOut fanOut = new EventFanOut(house.database);
  final Deliverer deliverer = deliverer();
  final Owner owner = Owner.ofNative(house.caller.account());

  @AfterEach
  void close() {
    deliverer.close();
    outbound.close();
    receiver.close();
    house.close();
  }

  /** The deliverer of another node. */
  Deliverer deliverer() {
    Deliverer made = new Deliverer(house.database, house.clock, outbound, vault);
    made.add(new NativeFormat());
    return made;
  }

  Endpoint.Made endpoint(String path, String... events) {
    return endpoint(house.caller, path, events);
  }

  Endpoint.Made endpoint(Caller caller, String path, String... events) {
    return endpoints.create(
        Owner.ofNative(caller.account()), order(path, events), (tx, made) -> {});
  }

  Endpoint.Order order(String path, String... events) {
    return new Endpoint.Order(
        receiver.url(path),
        events.length == 0 ? NativeFormat.EVENTS : Arrays.asList(events),
        NativeFormat.NAME,
        Signature.STANDARD,
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
  void run(UUID batch, io.headgate.batch.Ending ending) {
    execute(batch, ending);
    boolean more = true;
    while (more) {
      more = fanOut.runOnce();
    }
  }

  /** Runs every item of a batch to its end. */
  void execute(UUID batch, io.headgate.batch.Ending ending) {
    List<Claimed> claims = house.claim(1_000);
    while (!claims.isEmpty()) {
      house.settle(claims, ending);
      claims = house.claim(1_000);
    }
  }

  List<JsonNode> bodies(String path) {
    return receiver.at(path).stream().map(Receiver.Received::json).toList();
  }

  List<String> types(String path) {
    return receiver.types(path);
  }

  List<String> ids(String path) {
    return receiver.ids(path);
  }

  Endpoint now(Endpoint endpoint) {
    return endpoints.find(endpoint.owner(), endpoint.id()).orElseThrow();
  }

  /** The result of the last attempt. */
  Attempt last(Endpoint endpoint) {
    return Objects.requireNonNull(now(endpoint).statistics().lastAttempt());
  }

  List<Delivery> log(Endpoint endpoint) {
    return deliveries.list(owner, endpoint.id(), null, new UUID(-1, -1), 500).orElseThrow();
  }
}
