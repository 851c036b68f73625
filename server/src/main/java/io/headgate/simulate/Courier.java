package io.headgate.simulate;

import io.headgate.simulate.Ear.Told;
import io.headgate.webhook.Attempt;
import io.headgate.webhook.Line;
import io.headgate.webhook.Line.Candidate;
import io.headgate.webhook.Line.Due;
import io.headgate.webhook.Line.Lease;
import io.headgate.webhook.Line.Report;
import io.headgate.webhook.Line.Tried;
import io.headgate.webhook.Verdict;
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
final class Courier implements Actor {

  /** The duration of a lease; short, so that leases are often lost. */
  private static final Duration TERM = Duration.ofSeconds(2);

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final List<String> FORMATS = List.of("simulated");
  private static final String ORDER = "a webhook receives its events one at a time, in order";
  private static final String LEASED = "delivery results are stored under a valid lease only";

  private final String name;
  private final Deque<Sent> unwritten = new ArrayDeque<>();

  Courier(String name) {
    this.name = name;
  }

  /** Delivery attempts under a lease that are not stored yet. */
  private record Sent(Lease lease, List<Tried> tried) {

    UUID ear() {
      return lease.endpoint().id();
    }
  }

  /** The events that receivers have got. */
  static final class Mail {

    private final Map<UUID, Set<UUID>> arrived = new HashMap<>();

    void arrives(Ear ear, UUID event) {
      Set<UUID> had = arrived.computeIfAbsent(ear.id(), _ -> new HashSet<>());
      boolean inOrder =
          ear.told().stream()
              .takeWhile(told -> !told.event().equals(event))
              .allMatch(told -> had.contains(told.event()) || !told.waits());
      Broken.unless(
          inOrder, ORDER, "an event of " + ear.events() + " arrived before an earlier one");
      had.add(event);
    }

    boolean has(Ear ear, UUID event) {
      return arrived.getOrDefault(ear.id(), Set.of()).contains(event);
    }
  }

  @Override
  public String act(World world) {
    if (!unwritten.isEmpty() && world.oneIn(3)) {
      Sent sent = unwritten.removeFirst();
      return name + " stores its delayed results of " + write(world, sent);
    }
    List<UUID> due = due(world);
    if (due.isEmpty()) {
      return name + " has nothing to deliver";
    }
    UUID id = world.oneOf(due);
    Sent sent = new Sent(lease(world, id), new ArrayList<>());
    send(world, sent, 1 + world.roll(4));
    String story =
        "%s sends %d events to %s".formatted(name, sent.tried().size(), world.earName(id));
    return switch (world.roll(8)) {
      case 0 -> story + " and crashes";
      case 1, 2, 3 -> {
        unwritten.add(sent);
        yield story + ", and delays the results";
      }
      default -> story + ", and stores the results of " + write(world, sent);
    };
  }

  /** Webhooks with events that may be delivered now, oldest first. */
  private static List<UUID> due(World world) {
    List<UUID> due =
        world.database.read(tx ->
            Line.candidates(tx, FORMATS, world.now()).stream()
                .map(Candidate::endpoint)
                .sorted(Comparator.comparingInt(world.ears::indexOf))
                .toList());
    for (UUID id : due) {
      Broken.unless(
          !ear(world, id).leased(world.now()) && ear(world, id).state().equals("active"),
          "no node delivers to a webhook that is leased or inactive",
          world.earName(id));
    }
    return due;
  }

  private static Ear ear(World world, UUID id) {
    Ear ear = world.moment().ears().get(id);
    if (ear == null) {
      throw new Broken(
          "a webhook exists until it is dropped", world.earName(id) + " does not exist");
    }
    return ear;
  }

  private static Lease lease(World world, UUID id) {
    UUID token = new UUID(world.roll(Integer.MAX_VALUE), world.roll(Integer.MAX_VALUE));
    List<Lease> leases =
        world.database.inTransaction(
            tx -> Line.lease(tx, token, List.of(id), List.of(world.now().plus(TERM)), world.now()));
    Broken.unless(leases.size() == 1, "a webhook without a lease can be leased", world.earName(id));
    return leases.getFirst();
  }

  /** Sends events in order and stops at the first that is not delivered. */
  private static void send(World world, Sent sent, int most) {
    Ear ear = ear(world, sent.ear());
    List<Due> due = world.database.read(tx -> Line.next(tx, sent.ear(), most, world.now()));
    List<UUID> waiting = ear.waiting().stream().map(Told::event).limit(due.size()).toList();
    Broken.unless(
        due.stream().map(one -> one.event().id()).toList().equals(waiting),
        ORDER,
        "the due events of " + world.earName(sent.ear()) + " are not its first pending ones");
    for (Due one : due) {
      Verdict verdict = verdict(world);
      if (verdict instanceof Verdict.Arrived) {
        world.mail.arrives(ear, one.event().id());
      }
      Attempt attempt = new Attempt(world.now(), 200, Duration.ZERO, null, null);
      sent.tried().add(new Tried(one.event().id(), verdict, attempt, one.tries() + 1));
      if (!(verdict instanceof Verdict.Arrived)) {
        return;
      }
    }
  }

  private static Verdict verdict(World world) {
    return switch (world.roll(16)) {
      case 0 -> new Verdict.GivenUp("simulated");
      case 1, 2 -> new Verdict.Again(world.now().plusSeconds(1 + world.roll(10)));
      default -> new Verdict.Arrived();
    };
  }

  /** Stores all results when the lease is still valid, and none otherwise. */
  private static String write(World world, Sent sent) {
    Ear before = world.look().ears().get(sent.ear());
    boolean mine =
        before != null && !before.deleted() && sent.lease().token().equals(before.lease());
    boolean more =
        world.database.inTransaction(tx -> {
          boolean kept =
              Line.settle(
                  tx,
                  sent.lease(),
                  new Report(sent.tried(), List.of()),
                  world.now().plus(TERM),
                  world.now());
          Line.giveBack(tx, sent.lease());
          return kept;
        });
    Ear after = world.look().ears().get(sent.ear());
    if (!mine || before == null || after == null) {
      Broken.unless(
          !more && Objects.equals(told(before), told(after)), LEASED, world.earName(sent.ear()));
      return world.earName(sent.ear()) + ", too late";
    }
    Broken.unless(
        after.lease() == null && sent.tried().stream().allMatch(one -> says(after, one)),
        LEASED,
        world.earName(sent.ear()));
    return world.earName(sent.ear());
  }

  private static List<Told> told(@Nullable Ear ear) {
    return ear == null ? List.of() : ear.told();
  }

  private static boolean says(Ear ear, Tried tried) {
    String wanted =
        switch (tried.verdict()) {
          case Verdict.Arrived() -> "delivered";
          case Verdict.Again _ -> "pending";
          case Verdict.GivenUp _ -> "failed";
        };
    return ear.told().stream()
        .anyMatch(told ->
            told.event().equals(tried.event())
                && told.state().equals(wanted)
                && told.tries() == tried.tries());
  }

  /** Activates all webhooks and delivers everything that is pending. */
  static String everything(World world) {
    Subscriber.resumeAll(world);
    world.pass(LONGEST_WAIT);
    int sent = 0;
    for (List<UUID> due = dueNow(world); !due.isEmpty(); due = dueNow(world)) {
      for (UUID id : due) {
        sent += deliver(world, id);
      }
    }
    for (Ear ear : world.look().ears().values()) {
      boolean told =
          ear.told().stream()
              .noneMatch(one ->
                  (one.waits() && !ear.deleted())
                      || (one.state().equals("delivered") && !world.mail.has(ear, one.event())));
      Broken.unless(told, "every event is delivered in the end", world.earName(ear.id()));
    }
    return "activate all webhooks: " + sent + " events are delivered";
  }

  private static List<UUID> dueNow(World world) {
    return world.database.read(
        tx -> Line.candidates(tx, FORMATS, world.now()).stream().map(Candidate::endpoint).toList());
  }

  private static int deliver(World world, UUID id) {
    Sent sent = new Sent(lease(world, id), new ArrayList<>());
    Ear ear = ear(world, id);
    List<Due> due = world.database.read(tx -> Line.next(tx, id, 1_000, world.now()));
    for (Due one : due) {
      world.mail.arrives(ear, one.event().id());
      Attempt attempt = new Attempt(world.now(), 200, Duration.ZERO, null, null);
      sent.tried()
          .add(new Tried(one.event().id(), new Verdict.Arrived(), attempt, one.tries() + 1));
    }
    write(world, sent);
    return due.size();
  }
}
