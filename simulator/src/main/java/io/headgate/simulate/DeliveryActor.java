package io.headgate.simulate;

import io.headgate.simulate.WebhookSubscription.SubscriptionDelivery;
import io.headgate.webhook.DeliveryAttempt;
import io.headgate.webhook.DeliveryOutcome;
import io.headgate.webhook.DeliveryQueue;
import io.headgate.webhook.DeliveryQueue.DeliveryResult;
import io.headgate.webhook.DeliveryQueue.DueDelivery;
import io.headgate.webhook.DeliveryQueue.EndpointLease;
import io.headgate.webhook.DeliveryQueue.LeaseReport;
import io.headgate.webhook.DeliveryQueue.ReadyEndpoint;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A node that delivers webhook events. It may die before it stores the results of its deliveries,
 * or store them after its lease was lost to another node.
 */
final class DeliveryActor implements Actor {

  /** The duration of a lease; short, so that leases are often lost. */
  private static final Duration LEASE_TIME = Duration.ofSeconds(2);

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final List<String> FORMATS = List.of("simulated");
  private static final String IN_ORDER = "a webhook receives its events one at a time, in order";
  private static final String UNDER_LEASE = "delivery results are stored under a valid lease only";

  private final String name;
  private final Deque<UnstoredDeliveries> unstored = new ArrayDeque<>();

  DeliveryActor(String name) {
    this.name = name;
  }

  /** Delivery attempts under a lease that are not stored yet. */
  private record UnstoredDeliveries(EndpointLease lease, List<DeliveryResult> attempts) {

    UUID subscriptionId() {
      return lease.endpoint().id();
    }
  }

  /** The events that receivers have got. */
  static final class ReceivedEvents {

    private final Map<UUID, Set<UUID>> byWebhook = new HashMap<>();

    void record(WebhookSubscription subscription, UUID event) {
      Set<UUID> received = byWebhook.computeIfAbsent(subscription.id(), _ -> new HashSet<>());
      boolean inOrder =
          subscription.deliveries().stream()
              .takeWhile(delivery -> !delivery.event().equals(event))
              .allMatch(delivery -> received.contains(delivery.event()) || !delivery.isPending());
      LawViolation.unless(
          inOrder,
          IN_ORDER,
          "an event of " + subscription.events() + " arrived before an earlier one");
      received.add(event);
    }

    boolean has(WebhookSubscription subscription, UUID event) {
      return byWebhook.getOrDefault(subscription.id(), Set.of()).contains(event);
    }
  }

  @Override
  public String act(World world) {
    if (!unstored.isEmpty() && world.oneIn(3)) {
      UnstoredDeliveries sent = unstored.removeFirst();
      return name + " stores its delayed results of " + store(world, sent);
    }
    List<UUID> due = due(world);
    if (due.isEmpty()) {
      return name + " has nothing to deliver";
    }
    UUID id = world.pick(due);
    UnstoredDeliveries sent = new UnstoredDeliveries(lease(world, id), new ArrayList<>());
    send(world, sent, 1 + world.randomBelow(4));
    String description =
        "%s sends %d events to %s"
            .formatted(name, sent.attempts().size(), world.subscriptionName(id));
    return switch (world.randomBelow(8)) {
      case 0 -> description + " and crashes";
      case 1, 2, 3 -> {
        unstored.add(sent);
        yield description + ", and delays the results";
      }
      default -> description + ", and stores the results of " + store(world, sent);
    };
  }

  /** Webhooks with events that may be delivered now, oldest first. */
  private static List<UUID> due(World world) {
    List<UUID> due =
        world.database.read(tx ->
            DeliveryQueue.readyEndpoints(tx, FORMATS, world.now()).stream()
                .map(ReadyEndpoint::endpoint)
                .sorted(Comparator.comparingInt(world.subscriptions::indexOf))
                .toList());
    for (UUID id : due) {
      LawViolation.unless(
          !subscription(world, id).isLeased(world.now())
              && subscription(world, id).state().equals("active"),
          "no node delivers to a webhook that is leased or inactive",
          world.subscriptionName(id));
    }
    return due;
  }

  private static WebhookSubscription subscription(World world, UUID id) {
    WebhookSubscription subscription = world.snapshot().subscriptions().get(id);
    if (subscription == null) {
      throw new LawViolation(
          "a webhook exists until it is dropped", world.subscriptionName(id) + " does not exist");
    }
    return subscription;
  }

  private static EndpointLease lease(World world, UUID id) {
    UUID token =
        new UUID(world.randomBelow(Integer.MAX_VALUE), world.randomBelow(Integer.MAX_VALUE));
    List<EndpointLease> leases =
        world.database.inTransaction(tx ->
            DeliveryQueue.lease(
                tx, token, List.of(id), List.of(world.now().plus(LEASE_TIME)), world.now()));
    LawViolation.unless(
        leases.size() == 1, "a webhook without a lease can be leased", world.subscriptionName(id));
    return leases.getFirst();
  }

  /** Sends events in order and stops at the first that is not delivered. */
  private static void send(World world, UnstoredDeliveries sent, int most) {
    WebhookSubscription subscription = subscription(world, sent.subscriptionId());
    List<DueDelivery> due =
        world.database.read(tx -> DeliveryQueue.next(tx, sent.subscriptionId(), most, world.now()));
    List<UUID> waiting =
        subscription.pending().stream().map(SubscriptionDelivery::event).limit(due.size()).toList();
    LawViolation.unless(
        due.stream().map(one -> one.event().id()).toList().equals(waiting),
        IN_ORDER,
        "the due events of "
            + world.subscriptionName(sent.subscriptionId())
            + " are not its first pending ones");
    for (DueDelivery one : due) {
      DeliveryOutcome outcome = outcome(world);
      if (outcome instanceof DeliveryOutcome.Delivered) {
        world.receivedEvents.record(subscription, one.event().id());
      }
      DeliveryAttempt attempt = new DeliveryAttempt(world.now(), 200, Duration.ZERO, null, null);
      sent.attempts()
          .add(new DeliveryResult(one.event().id(), outcome, attempt, one.attempts() + 1));
      if (!(outcome instanceof DeliveryOutcome.Delivered)) {
        return;
      }
    }
  }

  private static DeliveryOutcome outcome(World world) {
    return switch (world.randomBelow(16)) {
      case 0 -> new DeliveryOutcome.DeliveryFailed("simulated");
      case 1, 2 -> new DeliveryOutcome.RetryDue(world.now().plusSeconds(1 + world.randomBelow(10)));
      default -> new DeliveryOutcome.Delivered();
    };
  }

  /** Stores all results when the lease is still valid, and none otherwise. */
  private static String store(World world, UnstoredDeliveries sent) {
    WebhookSubscription before = world.readSnapshot().subscriptions().get(sent.subscriptionId());
    boolean leaseValid =
        before != null && !before.deleted() && sent.lease().token().equals(before.lease());
    boolean stored =
        world.database.inTransaction(tx -> {
          boolean settled =
              DeliveryQueue.store(
                  tx,
                  sent.lease(),
                  new LeaseReport(sent.attempts(), List.of()),
                  world.now().plus(LEASE_TIME),
                  world.now());
          DeliveryQueue.release(tx, sent.lease());
          return settled;
        });
    WebhookSubscription after = world.readSnapshot().subscriptions().get(sent.subscriptionId());
    if (!leaseValid || before == null || after == null) {
      LawViolation.unless(
          !stored && Objects.equals(deliveries(before), deliveries(after)),
          UNDER_LEASE,
          world.subscriptionName(sent.subscriptionId()));
      return world.subscriptionName(sent.subscriptionId()) + ", too late";
    }
    LawViolation.unless(
        after.lease() == null && sent.attempts().stream().allMatch(one -> isStored(after, one)),
        UNDER_LEASE,
        world.subscriptionName(sent.subscriptionId()));
    return world.subscriptionName(sent.subscriptionId());
  }

  private static List<SubscriptionDelivery> deliveries(@Nullable WebhookSubscription subscription) {
    return subscription == null ? List.of() : subscription.deliveries();
  }

  private static boolean isStored(WebhookSubscription subscription, DeliveryResult result) {
    String expected =
        switch (result.outcome()) {
          case DeliveryOutcome.Delivered() -> "delivered";
          case DeliveryOutcome.RetryDue _ -> "pending";
          case DeliveryOutcome.DeliveryFailed _ -> "failed";
        };
    return subscription.deliveries().stream()
        .anyMatch(delivery ->
            delivery.event().equals(result.event())
                && delivery.state().equals(expected)
                && delivery.tries() == result.attempts());
  }

  /** Activates all webhooks and delivers everything that is pending. */
  static String deliverAll(World world) {
    SubscriptionActor.resumeAll(world);
    world.advance(LONGEST_WAIT);
    int sent = 0;
    for (List<UUID> due = dueNow(world); !due.isEmpty(); due = dueNow(world)) {
      for (UUID id : due) {
        sent += deliver(world, id);
      }
    }
    for (WebhookSubscription subscription : world.readSnapshot().subscriptions().values()) {
      boolean allDelivered =
          subscription.deliveries().stream()
              .noneMatch(one ->
                  (one.isPending() && !subscription.deleted())
                      || (one.state().equals("delivered")
                          && !world.receivedEvents.has(subscription, one.event())));
      LawViolation.unless(
          allDelivered,
          "every event is delivered in the end",
          world.subscriptionName(subscription.id()));
    }
    return "activate all webhooks: " + sent + " events are delivered";
  }

  private static List<UUID> dueNow(World world) {
    return world.database.read(tx ->
        DeliveryQueue.readyEndpoints(tx, FORMATS, world.now()).stream()
            .map(ReadyEndpoint::endpoint)
            .toList());
  }

  private static int deliver(World world, UUID id) {
    UnstoredDeliveries sent = new UnstoredDeliveries(lease(world, id), new ArrayList<>());
    WebhookSubscription subscription = subscription(world, id);
    List<DueDelivery> due =
        world.database.read(tx -> DeliveryQueue.next(tx, id, 1_000, world.now()));
    for (DueDelivery one : due) {
      world.receivedEvents.record(subscription, one.event().id());
      DeliveryAttempt attempt = new DeliveryAttempt(world.now(), 200, Duration.ZERO, null, null);
      sent.attempts()
          .add(
              new DeliveryResult(
                  one.event().id(), new DeliveryOutcome.Delivered(), attempt, one.attempts() + 1));
    }
    store(world, sent);
    return due.size();
  }
}
