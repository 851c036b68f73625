package io.headgate.view;

import io.headgate.batch.BatchState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Selects batches of an account, for lists and bulk cancels. A batch matches when it meets every
 * condition; a null or empty component is no condition.
 *
 * @param metadata values by top-level key, compared as text: {@code team=a}
 * @param createdAfter exclusive
 * @param createdBefore exclusive
 * @param dialect name of the dialect that the batch was submitted through
 * @param requestText only together with a dialect
 */
public record BatchFilter(
    Set<BatchState> states,
    @Nullable String processor,
    @Nullable String name,
    Map<String, String> metadata,
    @Nullable Instant createdAfter,
    @Nullable Instant createdBefore,
    @Nullable String dialect,
    @Nullable RequestTextFilter requestText) {

  /**
   * Matches batches whose vendor request contains a text, ignoring case.
   *
   * @param fields top-level fields of the vendor request to search
   */
  public record RequestTextFilter(Set<String> fields, String text) {
    public RequestTextFilter {
      fields = Set.copyOf(fields);
    }
  }

  /** Matches every batch. */
  public static final BatchFilter ALL = new BatchFilter(Set.of(), null, null, Map.of(), null, null);

  /**
   * The filter as an SQL condition on {@code batch b}. It matches only visible batches of one
   * account: a finished batch whose retention has expired is not visible. Bind its parameters with
   * {@link #bind}.
   */
  public static final String CONDITION =
      """
      b.account_id = :account
      and (b.retain_until > :now or b.finished_at is null)
      and (cardinality(:states) = 0 or b.state = any (:states))
      and (cast(:processor as text) is null or b.processor = :processor)
      and (cast(:name as text) is null or b.name = :name)
      and (cast(:created_after as timestamptz) is null or b.created_at > :created_after)
      and (cast(:created_before as timestamptz) is null or b.created_at < :created_before)
      and (cast(:dialect as text) is null or b.dialect = :dialect)
      and (cast(:mentioned as text) is null or exists (
        select 1 from unnest(:mentioned_in) as field
        where strpos(lower(cast(b.dialect_request as json) ->> field), lower(:mentioned)) > 0))
      and not exists (
        select 1 from unnest(:metadata_keys, :metadata_values) as wanted (key, value)
        where b.metadata ->> wanted.key is distinct from wanted.value)
      """;

  /** Creates a filter that matches batches of every dialect. */
  public BatchFilter(
      Set<BatchState> states,
      @Nullable String processor,
      @Nullable String name,
      Map<String, String> metadata,
      @Nullable Instant createdAfter,
      @Nullable Instant createdBefore) {
    this(states, processor, name, metadata, createdAfter, createdBefore, null, null);
  }

  /** Returns a filter for all batches that were submitted through a dialect. */
  public static BatchFilter ofDialect(String dialect) {
    return new BatchFilter(Set.of(), null, null, Map.of(), null, null, dialect, null);
  }

  public BatchFilter {
    states = Set.copyOf(states);
    metadata = Map.copyOf(metadata);
  }

  /** Returns whether the filter has no condition. */
  public boolean matchesAll() {
    return equals(ALL);
  }

  /** Binds every parameter of {@link #CONDITION}. */
  public <S extends SqlStatement<S>> S bind(S statement, UUID account, Instant now) {
    List<String> keys = new ArrayList<>(metadata.keySet());
    return statement
        .bind("account", account)
        .bind("now", now)
        .bindArray("states", String.class, states.stream().map(BatchState::text).toList())
        .bind("processor", processor)
        .bind("name", name)
        .bind("created_after", createdAfter)
        .bind("created_before", createdBefore)
        .bind("dialect", dialect)
        .bind("mentioned", requestText == null ? null : requestText.text())
        .bindArray(
            "mentioned_in",
            String.class,
            requestText == null ? List.of() : List.copyOf(requestText.fields()))
        .bindArray("metadata_keys", String.class, keys)
        .bindArray("metadata_values", String.class, keys.stream().map(metadata::get).toList());
  }
}
