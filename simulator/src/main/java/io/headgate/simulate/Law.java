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
 * @param violations finds violations, given the rows before and after a step
 */
record Law(String sentence, BiFunction<StateSnapshot, StateSnapshot, Stream<String>> violations) {

  /** A batch before and after a step; null before the step that created it. */
  record BatchChange(@Nullable BatchSnapshot before, BatchSnapshot after) {

    /** The batch before the step; for a new batch, after it. */
    BatchSnapshot earlier() {
      return before == null ? after : before;
    }
  }

  static final List<Law> ALL =
      Stream.of(ItemLaws.ALL, StartLaws.ALL, AccountingLaws.ALL, SubscriptionLaws.ALL)
          .flatMap(List::stream)
          .toList();

  /** A law about the rows of each batch. */
  static Law ofBatch(String sentence, Function<BatchSnapshot, Stream<String>> breaches) {
    return new Law(
        sentence, (before, after) -> after.batches().values().stream().flatMap(breaches));
  }

  /** A law about the change of each batch in a step. */
  static Law ofChange(String sentence, Function<BatchChange, Stream<String>> breaches) {
    return new Law(
        sentence,
        (before, after) ->
            after.batches().entrySet().stream()
                .map(entry -> new BatchChange(before.find(entry.getKey()), entry.getValue()))
                .flatMap(breaches));
  }

  /** Returns the first violation. */
  static Optional<LawViolation> firstViolation(
      StateSnapshot before, StateSnapshot after, Function<UUID, String> names) {
    for (Law law : ALL) {
      Optional<String> violation = law.violations.apply(before, after).findFirst();
      if (violation.isPresent()) {
        return Optional.of(
            new LawViolation(law.sentence, withNames(violation.get(), after, names)));
      }
    }
    return Optional.empty();
  }

  /** Replaces the ids of batches, which differ between runs, by their numbers. */
  private static String withNames(
      String detail, StateSnapshot moment, Function<UUID, String> names) {
    String text = detail;
    for (UUID batch : moment.batches().keySet()) {
      text = text.replace(batch.toString(), names.apply(batch));
    }
    return text;
  }

  static Stream<String> unless(boolean holds, Supplier<String> detail) {
    return holds ? Stream.empty() : Stream.of(detail.get());
  }
}
