package io.headgate.api.batch;

import io.headgate.api.StorableJson;
import io.headgate.batch.BatchState;
import io.headgate.http.InvalidInputException;
import io.headgate.http.Query;
import io.headgate.refusal.Refusals;
import io.headgate.view.BatchFilter;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A filter of batches, in the query of the list and in the body of the bulk cancel.
 *
 * @param state one state, or several separated by commas
 */
record FilterForm(
    @Nullable String state,
    @Nullable String processor,
    @Nullable String name,
    @Nullable Map<String, String> metadata,
    @Nullable Instant createdAfter,
    @Nullable Instant createdBefore) {

  FilterForm {
    states(state);
    if (metadata != null) {
      metadata.forEach(FilterForm::requireStorable);
    }
  }

  private static void requireStorable(String key, @Nullable String value) {
    if (value == null) {
      throw new InvalidInputException("metadata", "must be an object whose members are strings");
    }
    if (!StorableJson.isStorable(key)) {
      throw new InvalidInputException(
          "metadata", "has a member name with a character that cannot be stored");
    }
  }

  static FilterForm of(Query query) {
    try {
      return new FilterForm(
          query.text("state").orElse(null),
          query.text("processor").orElse(null),
          query.text("name").orElse(null),
          query.withPrefix("metadata."),
          query.time("created_after").orElse(null),
          query.time("created_before").orElse(null));
    } catch (InvalidInputException e) {
      throw Refusals.parameter("state", INVALID_STATE);
    }
  }

  private static final String INVALID_STATE =
      "must be one of "
          + Arrays.stream(BatchState.values())
              .map(BatchState::text)
              .collect(Collectors.joining(", "));

  private static Set<BatchState> states(@Nullable String state) {
    Set<BatchState> states = EnumSet.noneOf(BatchState.class);
    if (state == null) {
      return states;
    }
    for (String word : state.split(",", -1)) {
      states.add(
          Arrays.stream(BatchState.values())
              .filter(candidate -> candidate.text().equals(word))
              .findFirst()
              .orElseThrow(() -> new InvalidInputException("state", INVALID_STATE)));
    }
    return states;
  }

  BatchFilter filter() {
    return new BatchFilter(
        states(state),
        processor,
        name,
        metadata == null ? Map.of() : metadata,
        createdAfter,
        createdBefore);
  }
}
