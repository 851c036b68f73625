package io.headgate.simulate;

import io.headgate.simulate.BatchSnapshot.StoredResult;
import io.headgate.simulate.Law.BatchChange;
import io.headgate.simulate.WebhookSubscription.SubscriptionDelivery;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Laws about the events that are queued for webhooks. */
final class SubscriptionLaws {

  static final List<Law> ALL =
      List.of(
          new Law(
              "queued events are neither removed nor reordered",
              SubscriptionLaws::notRemovedOrReordered),
          new Law(
              "every subscriber gets one event for the end of a batch",
              SubscriptionLaws::endIsQueued),
          new Law("every subscriber gets one event for a fence", SubscriptionLaws::fenceIsQueued),
          new Law(
              "every subscriber gets one event for a failed item",
              SubscriptionLaws::failuresAreQueued),
          new Law(
              "no webhook gets events of another account or batch",
              SubscriptionLaws::ownEventsOnly),
          new Law("an event has the same id for all subscribers", SubscriptionLaws::oneIdPerEvent),
          new Law(
              "the events of a batch are queued in the order of its history",
              SubscriptionLaws::inOrderOfHistory));

  /** One letter per event. Only a retry reopens a batch, and never a cancelled one. */
  private static final Pattern NOT_RETRIED = Pattern.compile("s?[ip]*(X|c?[ip]*S?)");

  private static final Pattern RETRIED = Pattern.compile("s?[ip]*(X[ip]*)*(c?[ip]*S?)");

  private SubscriptionLaws() {}

  /** A webhook and a batch of its account, each before and after a step. */
  private record SubscriptionChange(
      WebhookSubscription earlier, WebhookSubscription later, BatchChange batch) {

    /** Events of the batch that the step queued; they follow the earlier ones. */
    List<SubscriptionDelivery> newDeliveries() {
      return later.deliveries().stream()
          .skip(earlier.deliveries().size())
          .filter(delivery -> delivery.batch().equals(batch.after().row.id()))
          .toList();
    }

    boolean isSubscribed(String kind) {
      return earlier.receives(batch.after()) && earlier.events().contains(kind);
    }

    Stream<String> unless(List<?> queued, List<?> expected) {
      return Law.unless(
          queued.equals(expected),
          () ->
              "%s is %s after %s: a webhook for %s got %s, it should get %s"
                  .formatted(
                      batch.after().row.id(),
                      batch.after().row.state(),
                      batch.earlier().row.state(),
                      earlier.events(),
                      queued,
                      expected));
    }
  }

  private static Stream<SubscriptionChange> changes(StateSnapshot before, StateSnapshot after) {
    return before.subscriptions().values().stream()
        .flatMap(earlier -> {
          WebhookSubscription later = after.subscriptions().get(earlier.id());
          return later == null
              ? Stream.empty()
              : after.batches().values().stream()
                  .filter(batch -> batch.row.account().equals(later.account()))
                  .map(batch ->
                      new SubscriptionChange(
                          earlier, later, new BatchChange(before.find(batch.row.id()), batch)));
        });
  }

  private static Stream<String> endIsQueued(StateSnapshot before, StateSnapshot after) {
    return changes(before, after)
        .flatMap(change -> {
          BatchSnapshot later = change.batch().after();
          boolean ended = later.row.isFinished() && !change.batch().earlier().row.isFinished();
          String kind = later.row.state().equals("cancelled") ? "batch.settled" : "batch.completed";
          return change.unless(
              kinds(change, SubscriptionDelivery::isTerminal),
              ended && change.isSubscribed(kind) ? List.of(kind) : List.of());
        });
  }

  private static Stream<String> fenceIsQueued(StateSnapshot before, StateSnapshot after) {
    String kind = "batch.cancelled";
    return changes(before, after)
        .flatMap(change -> {
          boolean fenced =
              change.batch().after().row.isFenced() && !change.batch().earlier().row.isFenced();
          return change.unless(
              kinds(change, delivery -> delivery.kind().equals(kind)),
              fenced && change.isSubscribed(kind) ? List.of(kind) : List.of());
        });
  }

  private static List<String> kinds(
      SubscriptionChange change, Predicate<SubscriptionDelivery> some) {
    return change.newDeliveries().stream().filter(some).map(SubscriptionDelivery::kind).toList();
  }

  private static Stream<String> failuresAreQueued(StateSnapshot before, StateSnapshot after) {
    String kind = "item.failed";
    return changes(before, after)
        .flatMap(change -> {
          List<Integer> queued =
              change.newDeliveries().stream()
                  .filter(delivery -> delivery.kind().equals(kind))
                  .flatMap(delivery -> Stream.ofNullable(delivery.ordinal()))
                  .sorted()
                  .toList();
          return change.unless(
              queued, change.isSubscribed(kind) ? failures(change.batch()) : List.of());
        });
  }

  private static List<Integer> failures(BatchChange batch) {
    return batch.after().results.entrySet().stream()
        .filter(item -> {
          List<StoredResult> earlier =
              batch.earlier().results.getOrDefault(item.getKey(), List.of());
          boolean fresh = batch.before() != null;
          return fresh
              && item.getValue().stream()
                  .anyMatch(result ->
                      result.isFinal()
                          && result.outcome().equals("failed")
                          && !earlier.contains(result));
        })
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static Stream<String> ownEventsOnly(StateSnapshot before, StateSnapshot after) {
    return after.subscriptions().values().stream()
        .flatMap(subscription ->
            subscription.deliveries().stream()
                .filter(delivery -> {
                  BatchSnapshot batch = after.find(delivery.batch());
                  return batch != null
                      && (!batch.row.account().equals(subscription.account())
                          || (subscription.batch() != null
                              && !subscription.batch().equals(delivery.batch())));
                })
                .map(delivery ->
                    "%s of %s is queued for another account or batch"
                        .formatted(delivery.kind(), delivery.batch())));
  }

  private static Stream<String> oneIdPerEvent(StateSnapshot before, StateSnapshot after) {
    Map<String, Set<UUID>> ids = new HashMap<>();
    for (WebhookSubscription subscription : after.subscriptions().values()) {
      WebhookSubscription earlier = before.subscriptions().get(subscription.id());
      subscription.deliveries().stream()
          .skip(earlier == null ? 0 : earlier.deliveries().size())
          .filter(SubscriptionDelivery::isTerminal)
          .forEach(delivery ->
              ids.computeIfAbsent(delivery.kind() + " of " + delivery.batch(), _ -> new HashSet<>())
                  .add(delivery.event()));
    }
    return ids.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .map(entry -> entry.getKey() + " has " + entry.getValue().size() + " ids");
  }

  private static Stream<String> inOrderOfHistory(StateSnapshot before, StateSnapshot after) {
    return after.subscriptions().values().stream()
        .flatMap(subscription ->
            subscription.deliveries().stream()
                .collect(
                    Collectors.groupingBy(
                        SubscriptionDelivery::batch,
                        Collectors.mapping(SubscriptionLaws::letter, Collectors.joining())))
                .entrySet()
                .stream())
        .filter(entry -> {
          BatchSnapshot batch = after.find(entry.getKey());
          return batch != null
              && !(batch.row.retried() ? RETRIED : NOT_RETRIED).matcher(entry.getValue()).matches();
        })
        .map(entry -> "the events of %s are %s".formatted(entry.getKey(), entry.getValue()));
  }

  private static String letter(SubscriptionDelivery delivery) {
    return switch (delivery.kind()) {
      case "batch.started" -> "s";
      case "batch.progress" -> "p";
      case "item.failed" -> "i";
      case "batch.completed" -> "X";
      case "batch.cancelled" -> "c";
      case "batch.settled" -> "S";
      default -> "?";
    };
  }

  /** Earlier events stay, and new ones follow them. */
  private static Stream<String> notRemovedOrReordered(StateSnapshot before, StateSnapshot after) {
    return before.subscriptions().values().stream()
        .filter(subscription -> {
          List<UUID> earlier = events(subscription);
          List<UUID> later =
              events(after.subscriptions().getOrDefault(subscription.id(), subscription));
          return later.size() < earlier.size() || !later.subList(0, earlier.size()).equals(earlier);
        })
        .map(subscription ->
            "a webhook for %s lost an event or got one out of order"
                .formatted(subscription.events()));
  }

  private static List<UUID> events(WebhookSubscription subscription) {
    return subscription.deliveries().stream().map(SubscriptionDelivery::event).toList();
  }
}
