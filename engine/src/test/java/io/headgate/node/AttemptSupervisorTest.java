package io.headgate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.CancelMode;
import io.headgate.db.Signal;
import io.headgate.engine.CancelOrder;
import io.headgate.engine.EngineFixture;
import io.headgate.processor.Outcome;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@link AttemptSupervisor}: deadlines, interrupts, and attempts that ignore both. */
class AttemptSupervisorTest {

  private static final Duration TIMEOUT = EngineFixture.ORDER.limits().timeout();

  private final NodeFixture node = new NodeFixture(4);
  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch began = new CountDownLatch(2);

  @AfterEach
  void close() {
    released.countDown();
    node.close();
  }

  private UUID startTwo(NodeFixture.AttemptScript script) throws InterruptedException {
    node.script =
        (input, attempt) -> {
          began.countDown();
          return script.run(input, attempt);
        };
    UUID batch = node.submitOnce(2);
    node.claimAndStart();
    began.await();
    return batch;
  }

  private Outcome waitForInterrupt() throws InterruptedException {
    released.await();
    throw new IllegalStateException("was not interrupted");
  }

  private Outcome ignoreInterrupts() {
    while (true) {
      try {
        released.await();
        return Outcome.Failed.permanent("late", "too late");
      } catch (InterruptedException e) {
        // That is the point.
      }
    }
  }

  private void cancel(UUID batch, Duration grace) {
    node.engine.engine.cancel(
        node.engine.caller, batch, new CancelOrder(CancelMode.INTERRUPT, grace, null));
  }

  @Test
  void an_attempt_is_interrupted_at_its_deadline_and_fails() throws Exception {
    UUID batch = startTwo((input, attempt) -> waitForInterrupt());
    node.supervisor.runOnce();
    assertThat(node.slots.running()).noneMatch(RunningAttempt::isStopping);

    node.engine.advance(TIMEOUT);
    node.supervisor.runOnce();
    node.awaitIdle();
    node.exchange();
    assertThat(node.results(batch)).containsExactly("failed timeout", "failed timeout");
  }

  @Test
  void an_attempt_that_ignores_its_interrupt_is_given_up_after_five_seconds() throws Exception {
    UUID batch = startTwo((input, attempt) -> ignoreInterrupts());
    node.engine.advance(TIMEOUT);
    node.supervisor.runOnce();
    node.engine.advance(Duration.ofMillis(4_999));
    node.supervisor.runOnce();
    assertThat(node.slots.running()).hasSize(2);
    node.engine.advance(Duration.ofMillis(1));
    node.supervisor.runOnce();
    assertThat(node.slots.running()).isEmpty();
    node.exchange();
    assertThat(node.results(batch)).containsExactly("failed timeout", "failed timeout");
  }

  @Test
  void the_late_end_of_an_attempt_that_was_given_up_changes_nothing() throws Exception {
    UUID batch = startTwo((input, attempt) -> ignoreInterrupts());
    RunningAttempt late = node.slots.running().getFirst();
    node.engine.advance(TIMEOUT);
    node.supervisor.runOnce();
    node.engine.advance(Duration.ofSeconds(5));
    node.supervisor.runOnce();
    node.exchange();
    released.countDown();
    late.run(); // ends once more, on this thread
    node.exchange();
    assertThat(node.results(batch)).containsExactly("failed timeout", "failed timeout");
  }

  @Test
  void a_cancel_interrupts_when_it_is_signalled() throws Exception {
    UUID batch = startTwo((input, attempt) -> waitForInterrupt());
    node.supervisor.runOnce(); // checks every batch; the next check is 750 ms later
    cancel(batch, Duration.ofSeconds(30));
    node.supervisor.runOnce();
    assertThat(node.slots.running()).noneMatch(RunningAttempt::isStopping);

    node.supervisor.onSignal(new Signal.InterruptRequested(batch));
    node.supervisor.runOnce();
    node.awaitIdle();
    node.exchange();
    assertThat(node.claimed(batch)).isZero();
    assertThat(node.results(batch)).hasSize(2).allMatch(result -> result.startsWith("cancelled"));
  }

  @Test
  void a_cancel_whose_signal_was_lost_interrupts_all_the_same() throws Exception {
    UUID batch = startTwo((input, attempt) -> waitForInterrupt());
    node.supervisor.runOnce();
    cancel(batch, Duration.ofSeconds(30));
    node.engine.advance(Duration.ofMillis(750));
    node.supervisor.runOnce();
    node.awaitIdle();
    node.exchange();
    assertThat(node.claimed(batch)).isZero();
  }

  @Test
  void an_attempt_that_ignores_a_cancel_is_abandoned_when_the_grace_period_is_over()
      throws Exception {
    UUID batch = startTwo((input, attempt) -> ignoreInterrupts());
    cancel(batch, Duration.ofSeconds(30));
    node.supervisor.runOnce();
    node.engine.advance(Duration.ofSeconds(29));
    node.supervisor.runOnce();
    assertThat(node.slots.running()).hasSize(2);
    node.engine.advance(Duration.ofSeconds(1));
    node.supervisor.runOnce();
    assertThat(node.slots.running()).isEmpty();
    node.exchange();
    assertThat(node.claimed(batch)).isZero();
  }
}
