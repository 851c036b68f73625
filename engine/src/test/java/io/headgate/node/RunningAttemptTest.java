package io.headgate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.processor.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunningAttemptTest {

  private final NodeFixture node = new NodeFixture(4);

  @AfterEach
  void close() {
    node.close();
  }

  static Stream<Arguments> errors() {
    return Stream.of(
        Arguments.of(new OutOfMemoryError("on purpose"), "failed out-of-memory"),
        Arguments.of(new StackOverflowError(), "failed processor-crash"),
        Arguments.of(new NoClassDefFoundError("on/purpose"), "failed processor-crash"),
        Arguments.of(new ExceptionInInitializerError("on purpose"), "failed processor-crash"),
        Arguments.of(new AssertionError("on purpose"), "failed processor-crash"),
        Arguments.of(new Unspeakable(), "failed processor-crash"));
  }

  /** An error that cannot even be described. */
  @SuppressWarnings({"OverrideThrowableToString", "UnsynchronizedOverridesSynchronized"})
  private static final class Unspeakable extends Error {
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
      throw new StackOverflowError();
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new OutOfMemoryError("on purpose");
    }

    @Override
    public Throwable getCause() {
      throw new StackOverflowError();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("errors")
  void an_error_fails_its_item_and_gives_back_slot_and_scratch_folder(Error error, String result)
      throws IOException {
    node.script =
        (input, attempt) -> {
          Files.writeString(attempt.scratchFolder().resolve("left"), "behind");
          throw error;
        };
    UUID batch = node.submitOnce(4);

    node.runAll();

    assertThat(node.results(batch)).containsExactly(result, result, result, result);
    assertThat(node.health.failed()).isFalse();
    try (Stream<Path> left = Files.list(node.scratch)) {
      assertThat(left).isEmpty();
    }
    node.script = (input, attempt) -> new Outcome.Succeeded(input.input());
    UUID next = node.submitOnce(4);
    node.slots.workAvailable();
    node.runAll();
    assertThat(node.results(next)).hasSize(4).containsOnly("succeeded");
  }

  @Test
  void a_real_stack_overflow_and_a_real_lack_of_memory_fail_their_items() {
    node.script =
        (input, attempt) ->
            input.ordinal() == 0 ? new Outcome.Succeeded(input.input().get(descend(1))) : hoard();
    UUID batch = node.submitOnce(2);
    node.runAll();
    assertThat(node.results(batch))
        .containsExactly("failed processor-crash", "failed out-of-memory");
  }

  @SuppressWarnings("InfiniteRecursion") // that is the point
  private static int descend(int depth) {
    return descend(depth + 1) + depth;
  }

  private static Outcome hoard() {
    long[] all = new long[Integer.MAX_VALUE - 8];
    throw new IllegalStateException("this machine has memory for " + all.length);
  }

  @Test
  void a_scratch_folder_that_is_gone_costs_neither_result_nor_slot() {
    node.script =
        (input, attempt) -> {
          Path folder = attempt.scratchFolder();
          Files.delete(folder);
          return new Outcome.Succeeded(input.input());
        };
    UUID batch = node.submitOnce(3);
    node.runAll();
    assertThat(node.results(batch)).containsOnly("succeeded").hasSize(3);
  }

  @Test
  void an_attempt_whose_end_cannot_be_recorded_frees_its_slot_and_runs_again() {
    UUID batch = node.submitOnce(1);
    node.claimAndStart();
    node.awaitIdle();
    node.exchange();
    assertThat(node.results(batch)).containsExactly("succeeded");

    UUID other = node.submitOnce(1);
    node.script =
        (input, attempt) -> {
          node.slots.lost((RunningAttempt) attempt); // as when there is no memory for more
          return new Outcome.Succeeded(input.input());
        };
    node.slots.workAvailable();
    node.claimAndStart();
    node.awaitIdle();
    node.script = (input, attempt) -> new Outcome.Succeeded(input.input().deepCopy());
    node.runAll(); // hands the claim back, claims anew, runs and settles
    assertThat(node.results(other)).containsExactly("succeeded");
    assertThat(node.claimed(other)).isZero();
  }
}
