package io.headgate.simulate;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An invariant that is checked after every step.
 *
 * @param sentence the statement of the law
 * @param breaches finds violations, given the rows before and after a step
 */
record Law(String sentence, BiFunction<Moment, Moment, Stream<String>> breaches) {

  /** A batch before and after a step; null before the step that created it. */
  record Change(@Nullable Sight before, Sight after) {

    /** The batch before the step; for a new batch, after it. */
    Sight was() {
      return before == null ? after : before;
    }
  }

  static final List<Law> ALL =
      Stream.of(ItemLaws.ALL, StartLaws.ALL, BookLaws.ALL, TellLaws.ALL)
          .flatMap(List::stream)
          .toList();

  /** A law about the rows of each batch. */
  static Law ofBatch(String sentence, Function<Sight, Stream<String>> breaches) {
    return new Law(
        sentence, (before, after) -> after.batches().values().stream().flatMap(breaches));
  }

  /** A law about the change of each batch in a step. */
  static Law ofChange(String sentence, Function<Change, Stream<String>> breaches) {
    return new Law(
        sentence,
        (before, after) ->
            after.batches().entrySet().stream()
                .map(entry -> new Change(before.find(entry.getKey()), entry.getValue()))
                .flatMap(breaches));
  }

  /** Returns the first violation. */
  static Optional<Broken> firstBroken(Moment before, Moment after, Function<UUID, String> names) {
    for (Law law : ALL) {
      Optional<String> breach = law.breaches.apply(before, after).findFirst();
      if (breach.isPresent()) {
        return Optional.of(new Broken(law.sentence, named(breach.get(), after, names)));
      }
    }
    return Optional.empty();
  }

  /** Replaces the ids of batches, which differ between runs, by their numbers. */
  private static String named(String detail, Moment moment, Function<UUID, String> names) {
    String text = detail;
    for (UUID batch : moment.batches().keySet()) {
      text = text.replace(batch.toString(), names.apply(batch));
    }
    return text;
  }

  static Stream<String> unless(boolean kept, Supplier<String> detail) {
    return kept ? Stream.empty() : Stream.of(detail.get());
  }
}
