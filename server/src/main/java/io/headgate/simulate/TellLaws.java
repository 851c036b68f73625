package io.headgate.simulate;

import io.headgate.simulate.Ear.Told;
import io.headgate.simulate.Law.Change;
import io.headgate.simulate.Sight.Result;
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
final class TellLaws {

  static final List<Law> ALL =
      List.of(
          new Law("queued events are neither removed nor reordered", TellLaws::kept),
          new Law("every subscriber gets one event for the end of a batch", TellLaws::toldOfTheEnd),
          new Law("every subscriber gets one event for a fence", TellLaws::toldOfTheFence),
          new Law("every subscriber gets one event for a failed item", TellLaws::toldOfFailures),
          new Law("no webhook gets events of another account or batch", TellLaws::ownOnly),
          new Law("an event has the same id for all subscribers", TellLaws::oneId),
          new Law(
              "the events of a batch are queued in the order of its history", TellLaws::ordered));

  /** One letter per event. Only a retry reopens a batch, and never a cancelled one. */
  private static final Pattern ONCE = Pattern.compile("s?[ip]*(X|c?[ip]*S?)");

  private static final Pattern RETRIED = Pattern.compile("s?[ip]*(X[ip]*)*(c?[ip]*S?)");

  private TellLaws() {}

  /** A webhook and a batch of its account, each before and after a step. */
  private record Tale(Ear was, Ear is, Change batch) {

    /** Events of the batch that the step queued; they follow the earlier ones. */
    List<Told> fresh() {
      return is.told().stream()
          .skip(was.told().size())
          .filter(told -> told.batch().equals(batch.after().row.id()))
          .toList();
    }

    boolean asked(String kind) {
      return was.hears(batch.after()) && was.events().contains(kind);
    }

    Stream<String> unless(List<?> told, List<?> wanted) {
      return Law.unless(
          told.equals(wanted),
          () ->
              "%s is %s after %s: a webhook for %s got %s, it should get %s"
                  .formatted(
                      batch.after().row.id(),
                      batch.after().row.state(),
                      batch.was().row.state(),
                      was.events(),
                      told,
                      wanted));
    }
  }

  private static Stream<Tale> tales(Moment before, Moment after) {
    return before.ears().values().stream()
        .flatMap(was -> {
          Ear is = after.ears().get(was.id());
          return is == null
              ? Stream.empty()
              : after.batches().values().stream()
                  .filter(batch -> batch.row.account().equals(is.account()))
                  .map(batch -> new Tale(was, is, new Change(before.find(batch.row.id()), batch)));
        });
  }

  private static Stream<String> toldOfTheEnd(Moment before, Moment after) {
    return tales(before, after)
        .flatMap(tale -> {
          Sight is = tale.batch().after();
          boolean ended = is.row.finished() && !tale.batch().was().row.finished();
          String kind = is.row.state().equals("cancelled") ? "batch.settled" : "batch.completed";
          return tale.unless(
              kinds(tale, Told::terminal), ended && tale.asked(kind) ? List.of(kind) : List.of());
        });
  }

  private static Stream<String> toldOfTheFence(Moment before, Moment after) {
    String kind = "batch.cancelled";
    return tales(before, after)
        .flatMap(tale -> {
          boolean fenced = tale.batch().after().row.fenced() && !tale.batch().was().row.fenced();
          return tale.unless(
              kinds(tale, told -> told.kind().equals(kind)),
              fenced && tale.asked(kind) ? List.of(kind) : List.of());
        });
  }

  private static List<String> kinds(Tale tale, Predicate<Told> some) {
    return tale.fresh().stream().filter(some).map(Told::kind).toList();
  }

  private static Stream<String> toldOfFailures(Moment before, Moment after) {
    String kind = "item.failed";
    return tales(before, after)
        .flatMap(tale -> {
          List<Integer> told =
              tale.fresh().stream()
                  .filter(one -> one.kind().equals(kind))
                  .flatMap(one -> Stream.ofNullable(one.ordinal()))
                  .sorted()
                  .toList();
          return tale.unless(told, tale.asked(kind) ? failures(tale.batch()) : List.of());
        });
  }

  private static List<Integer> failures(Change batch) {
    return batch.after().results.entrySet().stream()
        .filter(item -> {
          List<Result> known = batch.was().results.getOrDefault(item.getKey(), List.of());
          boolean fresh = batch.before() != null;
          return fresh
              && item.getValue().stream()
                  .anyMatch(result ->
                      result.last()
                          && result.outcome().equals("failed")
                          && !known.contains(result));
        })
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static Stream<String> ownOnly(Moment before, Moment after) {
    return after.ears().values().stream()
        .flatMap(ear ->
            ear.told().stream()
                .filter(told -> {
                  Sight batch = after.find(told.batch());
                  return batch != null
                      && (!batch.row.account().equals(ear.account())
                          || (ear.batch() != null && !ear.batch().equals(told.batch())));
                })
                .map(told ->
                    "%s of %s is queued for another account or batch"
                        .formatted(told.kind(), told.batch())));
  }

  private static Stream<String> oneId(Moment before, Moment after) {
    Map<String, Set<UUID>> ids = new HashMap<>();
    for (Ear ear : after.ears().values()) {
      Ear was = before.ears().get(ear.id());
      ear.told().stream()
          .skip(was == null ? 0 : was.told().size())
          .filter(Told::terminal)
          .forEach(told ->
              ids.computeIfAbsent(told.kind() + " of " + told.batch(), _ -> new HashSet<>())
                  .add(told.event()));
    }
    return ids.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .map(entry -> entry.getKey() + " has " + entry.getValue().size() + " ids");
  }

  private static Stream<String> ordered(Moment before, Moment after) {
    return after.ears().values().stream()
        .flatMap(ear ->
            ear.told().stream()
                .collect(
                    Collectors.groupingBy(
                        Told::batch, Collectors.mapping(TellLaws::letter, Collectors.joining())))
                .entrySet()
                .stream())
        .filter(entry -> {
          Sight batch = after.find(entry.getKey());
          return batch != null
              && !(batch.row.retried() ? RETRIED : ONCE).matcher(entry.getValue()).matches();
        })
        .map(entry -> "the events of %s are %s".formatted(entry.getKey(), entry.getValue()));
  }

  private static String letter(Told told) {
    return switch (told.kind()) {
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
  private static Stream<String> kept(Moment before, Moment after) {
    return before.ears().values().stream()
        .filter(ear -> {
          List<UUID> was = events(ear);
          List<UUID> is = events(after.ears().getOrDefault(ear.id(), ear));
          return is.size() < was.size() || !is.subList(0, was.size()).equals(was);
        })
        .map(ear ->
            "a webhook for %s lost an event or got one out of order".formatted(ear.events()));
  }

  private static List<UUID> events(Ear ear) {
    return ear.told().stream().map(Told::event).toList();
  }
}
