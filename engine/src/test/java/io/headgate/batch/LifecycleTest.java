package io.headgate.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.RenderedPage;
import io.headgate.batch.Lifecycle.Event;
import io.headgate.batch.Lifecycle.Transition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

class LifecycleTest {

  @Test
  void every_event_changes_a_batch_in_every_state_as_the_table_specifies() {
    SoftAssertions every = new SoftAssertions();
    for (BatchLifecycleTable.BatchTableRow row : BatchLifecycleTable.ROWS) {
      for (BatchState state : BatchState.values()) {
        every
            .assertThat(BatchLifecycleTable.word(Lifecycle.next(state, row.event())))
            .as("%s, %s", state, row.label())
            .isEqualTo(row.cell(state));
      }
    }
    every.assertAll();
  }

  @Test
  void the_table_of_batches_has_a_row_for_every_kind_of_event() {
    assertThat(
            BatchLifecycleTable.ROWS.stream()
                .<Class<?>>map(row -> row.event().getClass())
                .distinct())
        .containsExactlyInAnyOrder(permitted(Event.class));
  }

  @Test
  void every_attempt_result_leads_to_the_transition_that_the_table_specifies() {
    SoftAssertions every = new SoftAssertions();
    for (ItemLifecycleTable.ItemTableRow row : ItemLifecycleTable.ROWS) {
      for (boolean fenced : List.of(false, true)) {
        for (boolean interrupted : List.of(false, true)) {
          ItemLifecycle.ItemContext standing = row.standing(fenced, interrupted);
          every
              .assertThat(
                  ItemLifecycleTable.word(
                      ItemLifecycle.next(row.ending(), standing, ItemLifecycleTable.LIMITS)))
              .as("%s, %s", row.label(), standing)
              .isEqualTo(row.expected(fenced, interrupted));
        }
      }
    }
    every.assertAll();
  }

  @Test
  void the_table_of_items_has_a_row_for_every_kind_of_ending() {
    assertThat(
            ItemLifecycleTable.ROWS.stream()
                .<Class<?>>map(row -> row.ending().getClass())
                .distinct())
        .containsExactlyInAnyOrder(permitted(AttemptResult.class));
  }

  @Test
  void no_event_leaves_cancelled() {
    assertThat(allEvents())
        .allSatisfy(event ->
            assertThat(after(BatchState.CANCELLED, event)).isEqualTo(BatchState.CANCELLED));
  }

  @Test
  void a_fenced_batch_never_becomes_unfenced() {
    assertThat(allEvents())
        .allSatisfy(event ->
            assertThat(states().filter(BatchState::fenced).map(state -> after(state, event)))
                .allMatch(BatchState::fenced));
  }

  @Test
  void only_a_cancel_fences() {
    assertThat(allEvents())
        .filteredOn(event -> !(event instanceof Event.Cancelled))
        .allSatisfy(event ->
            assertThat(states().filter(state -> !state.fenced()).map(state -> after(state, event)))
                .noneMatch(BatchState::fenced));
  }

  @Test
  void only_a_retry_leaves_a_finished_state() {
    assertThat(allEvents())
        .filteredOn(event -> !(event instanceof Event.Retried))
        .allSatisfy(event ->
            assertThat(states().filter(BatchState::finished))
                .allMatch(state -> after(state, event) == state));
  }

  @Test
  void an_event_that_happens_twice_moves_once() {
    assertThat(allEvents())
        .allSatisfy(event ->
            assertThat(states().map(state -> after(state, event)))
                .allMatch(state -> after(state, event) == state));
  }

  @Test
  void the_lifecycle_page_shows_the_tables() {
    RenderedPage.check("lifecycle.md", page());
  }

  private static BatchState after(BatchState state, Event event) {
    return switch (Lifecycle.next(state, event)) {
      case Transition.MoveTo(BatchState next) -> next;
      case Transition.Stay(), Transition.Refused() -> state;
    };
  }

  private static Stream<BatchState> states() {
    return Stream.of(BatchState.values());
  }

  /** Every kind of event, with every small number in it. */
  private static List<Event> allEvents() {
    List<Event> events = new ArrayList<>(List.of(new Event.Started(), new Event.Retried()));
    for (int a = 0; a < 4; a++) {
      events.add(new Event.Cancelled(a));
      for (int b = 0; b < 4; b++) {
        for (int c = 0; c < 4; c++) {
          events.add(new Event.Drained(new Counts(a + b + c, 0, 0, a, b, c)));
        }
      }
    }
    return events;
  }

  private static Class<?>[] permitted(Class<?> sealed) {
    return sealed.getPermittedSubclasses();
  }

  private static String page() {
    return """
    # The lifecycle of batches and items

    Rendered by `LifecycleTest`, which also runs every line of it. The rules are in `Lifecycle` and `ItemLifecycle`
    in the package `batch`.

    ## Batches

    %s
    `drained` is nothing waits and nothing runs any more. Items cancelled singly count neither for nor against a batch.
    `paused` is a flag beside the state: it stops claiming and changes nothing else.

    %s
    **Bold** is the state that follows. A refused event changes nothing; the caller gets a problem such as
    `batch-finished`. From `cancelling` and `cancelled` no event leads back. These two are the fenced states.

    ## Items

    An item is `pending`, `running`, `succeeded`, `failed` or `cancelled`. One that is running ends its attempt in one of
    the ways below. The examples are of a batch with `max_attempts` 3, `backoff_seconds` 10, `max_backoff_seconds` 15.

    %s
    Waits double up to the maximum; a longer `Retry-After` is honoured up to an hour. Up to a quarter is added at
    random, so that items which failed together do not come back together. Only `failures` count against
    `max_attempts`. A loss is no failure, but an item that took five nodes with it is failed.
    """
        .formatted(
            BatchLifecycleTable.diagram(),
            BatchLifecycleTable.markdown(),
            ItemLifecycleTable.markdown());
  }
}
