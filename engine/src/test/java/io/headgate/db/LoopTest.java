package io.headgate.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LoopTest {

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofHours(1);

  /** What the rounds of a loop do, one after the other. */
  private final Deque<Loop.LoopRound> script = new ArrayDeque<>();

  private final AtomicLong nanos = new AtomicLong(42);

  private Loop loop(Loop.LoopRound... rounds) {
    script.addAll(List.of(rounds));
    return new Loop(
        "test", PAUSE, Duration.ofSeconds(30), () -> script.pop().runOnce(), nanos::get);
  }

  private static boolean fail() {
    throw new IllegalStateException("on purpose");
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void a_round_with_more_to_do_is_followed_at_once_and_one_without_by_the_pause() {
    Loop loop = loop(() -> true, () -> false);
    assertThat(loop.runRound()).isEqualTo(Duration.ZERO);
    assertThat(loop.runRound()).isEqualTo(PAUSE);
  }

  @Test
  void waits_grow_with_every_failure_up_to_five_seconds_and_start_over_after_a_success() {
    Loop loop = loop();
    for (long millis : new long[] {100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000}) {
      script.add(LoopTest::fail);
      assertThat(loop.runRound()).isEqualTo(Duration.ofMillis(millis));
    }
    script.addAll(List.of(() -> true, LoopTest::fail));
    loop.runRound();
    assertThat(loop.runRound()).isEqualTo(Duration.ofMillis(100));
    assertThat(loop.status().failures()).isEqualTo(9);
    assertThat(loop.status().rounds()).isEqualTo(1);
  }

  @Test
  void a_failed_assertion_is_a_failure_like_any_other() {
    Loop loop =
        loop(() -> {
          throw new AssertionError("on purpose");
        });
    assertThat(loop.runRound()).isEqualTo(Duration.ofMillis(100));
    assertThat(loop.status().overdue()).isFalse();
  }

  @Test
  void a_loop_is_overdue_when_no_round_has_succeeded_for_longer_than_its_bound() {
    CountDownLatch ran = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Loop loop =
        new Loop(
            "test",
            LONG,
            Duration.ofSeconds(30),
            () -> {
              ran.countDown();
              end.await();
              return false;
            },
            nanos::get);
    pass(LONG);
    assertThat(loop.status().overdue()).as("not started").isFalse();
    loop.start();
    await(ran);
    pass(Duration.ofSeconds(30));
    assertThat(loop.status().overdue()).isFalse();
    assertThat(loop.status().sinceSuccess()).isNull();
    pass(Duration.ofNanos(1));
    assertThat(loop.status().overdue()).isTrue();
    end.countDown();
    loop.close();
    assertThat(loop.status().rounds()).isEqualTo(1);
    pass(LONG);
    assertThat(loop.status().overdue()).as("closed").isFalse();
    assertThat(loop.status().sinceSuccess()).isEqualTo(LONG);
  }

  @Test
  void a_failing_round_does_not_count_as_a_success() {
    Loop loop = loop(() -> true, LoopTest::fail);
    loop.runRound();
    pass(Duration.ofSeconds(5));
    loop.runRound();
    assertThat(loop.status().sinceSuccess()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void a_wake_ends_the_wait_and_one_during_a_round_is_not_lost() {
    BlockingQueue<Integer> rounds = new LinkedBlockingQueue<>();
    AtomicReference<Loop> self = new AtomicReference<>();
    Loop loop =
        new Loop(
            "test",
            LONG,
            () -> {
              rounds.add(1);
              if (rounds.size() == 1) {
                self.get().wake();
              }
              return false;
            });
    self.set(loop);
    loop.start();
    Await.until("the round has run", Duration.ofSeconds(10), () -> rounds.size() == 2);
    loop.wake();
    Await.until("the round has run", Duration.ofSeconds(10), () -> rounds.size() == 3);
    loop.close();
  }

  @Test
  void an_error_ends_the_loop_marks_it_and_reaches_the_handler() {
    BlockingQueue<String> died = new LinkedBlockingQueue<>();
    Loop loop =
        loop(
            () -> true,
            () -> {
              throw new StackOverflowError("on purpose");
            });
    loop.onError((name, error) -> died.add(name + " " + error.getMessage()));
    loop.start();
    assertThat(take(died)).isEqualTo("test on purpose");
    assertThat(loop.status().overdue()).isTrue();
    loop.close();
  }

  @Test
  void a_handler_that_comes_after_the_error_is_called_at_once() {
    CountDownLatch thrown = new CountDownLatch(1);
    Loop loop =
        loop(() -> {
          thrown.countDown();
          throw new OutOfMemoryError("on purpose");
        });
    loop.start();
    await(thrown);
    loop.close();
    BlockingQueue<String> died = new LinkedBlockingQueue<>();
    loop.onError((name, error) -> died.add(name));
    assertThat(died).containsExactly("test");
  }

  @Test
  void a_loop_can_be_closed_by_its_own_round() {
    AtomicReference<Loop> self = new AtomicReference<>();
    CountDownLatch closed = new CountDownLatch(1);
    Loop loop =
        new Loop(
            "test",
            Duration.ZERO,
            () -> {
              self.get().close();
              closed.countDown();
              return true;
            });
    self.set(loop);
    loop.start();
    await(closed);
    loop.close();
    assertThat(loop.status().rounds()).isEqualTo(1);
  }

  @Test
  void a_close_ends_the_wait_and_returns_after_the_round_under_way() {
    CountDownLatch ran = new CountDownLatch(1);
    Loop loop =
        new Loop(
            "test",
            LONG,
            () -> {
              ran.countDown();
              return false;
            });
    loop.start();
    await(ran);
    loop.close();
    assertThat(loop.status().rounds()).isEqualTo(1);
  }

  @Test
  void an_interrupt_of_a_round_neither_ends_the_loop_nor_counts_as_a_failure() {
    Loop loop =
        loop(
            () -> {
              throw new InterruptedException();
            },
            () -> false);
    assertThat(loop.runRound()).isEqualTo(Duration.ZERO);
    assertThat(loop.runRound()).isEqualTo(PAUSE);
    assertThat(loop.status().failures()).isZero();
  }

  @Test
  void a_loop_that_was_never_started_can_be_closed() {
    loop(() -> true).close();
    assertThat(script).hasSize(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String take(BlockingQueue<String> queue) {
    try {
      return String.valueOf(queue.poll(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
