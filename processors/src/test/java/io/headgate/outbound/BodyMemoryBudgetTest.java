package io.headgate.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Large response bodies share a memory budget. */
@Timeout(60)
class BodyMemoryBudgetTest {

  private static final int LARGE = 1_000_000;
  private static final OutboundLimits LIMITS =
      OutboundLimits.DEFAULT.withMaxBytes(2 * LARGE).withTotal(Duration.ofSeconds(30));

  private final Site site = new Site();
  private final BodyMemoryBudget budget = new BodyMemoryBudget(5L * LARGE);
  private final Outbound outbound =
      new Outbound(new TargetCheck(true), InstantSource.system(), budget);

  @AfterEach
  void close() {
    outbound.close();
    site.close();
  }

  private FutureTask<OutboundResult> get(
      String path, BodyMemoryBudget.MemoryReservation reservation) {
    FutureTask<OutboundResult> answer =
        new FutureTask<>(() ->
            outbound.send(OutboundRequest.get(site.url(path), Map.of()), LIMITS, reservation));
    Thread.ofVirtual().start(answer);
    return answer;
  }

  private void large(String path) {
    site.bytes(path, "text/plain", new byte[LARGE]);
  }

  @Test
  void large_bodies_wait_for_memory_and_all_of_them_arrive() throws Exception {
    large("/");
    AtomicInteger most = new AtomicInteger();
    AtomicInteger inside = new AtomicInteger();
    List<FutureTask<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      FutureTask<Integer> one =
          new FutureTask<>(() -> {
            try (BodyMemoryBudget.MemoryReservation share = budget.newReservation()) {
              OutboundResult answer = get("/", share).get();
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              inside.decrementAndGet();
              return ((OutboundResult.Response) answer).body().length;
            }
          });
      Thread.ofVirtual().start(one);
      all.add(one);
    }

    for (FutureTask<Integer> one : all) {
      assertThat(one.get()).isEqualTo(LARGE);
    }
    assertThat(most.get()).isLessThanOrEqualTo(5);
    assertThat(budget.free()).isGreaterThan(4L * LARGE);
  }

  @Test
  void a_body_stays_reserved_until_it_is_released_and_another_waits() throws Exception {
    large("/");
    BodyMemoryBudget.MemoryReservation first = budget.newReservation();
    try (BodyMemoryBudget.MemoryReservation second = budget.newReservation();
        BodyMemoryBudget.MemoryReservation third = budget.newReservation();
        BodyMemoryBudget.MemoryReservation last = budget.newReservation()) {
      assertThat(get("/", first).get()).isInstanceOf(OutboundResult.Response.class);
      assertThat(budget.free()).isBetween(3L * LARGE, 4L * LARGE);
      assertThat(get("/", second).get()).isInstanceOf(OutboundResult.Response.class);
      assertThat(get("/", third).get()).isInstanceOf(OutboundResult.Response.class);
      FutureTask<OutboundResult> waits = get("/", last);
      Await.until("it waits", Duration.ofSeconds(10), last::waiting);
      assertThat(waits.isDone()).isFalse();

      release(first);
      assertThat(waits.get()).isInstanceOf(OutboundResult.Response.class);
    }
  }

  private static void release(BodyMemoryBudget.MemoryReservation share) {
    share.close();
  }

  @Test
  void small_bodies_need_no_reservation() throws Exception {
    site.page("/", "text/plain", "x".repeat(60_000));
    try (BodyMemoryBudget.MemoryReservation all = budget.newReservation();
        BodyMemoryBudget.MemoryReservation small = budget.newReservation()) {
      assertThat(all.reserve(10L * LARGE, Deadline.in(Duration.ofSeconds(1)))).isTrue();

      assertThat(get("/", small).get()).isInstanceOf(OutboundResult.Response.class);
    }
  }

  @Test
  void a_body_without_memory_in_time_fails_with_a_message_about_this_node() throws Exception {
    large("/");
    try (BodyMemoryBudget.MemoryReservation all = budget.newReservation()) {
      assertThat(all.reserve(10L * LARGE, Deadline.in(Duration.ofSeconds(1)))).isTrue();

      OutboundResult answer =
          outbound.send(
              OutboundRequest.get(site.url("/"), Map.of()),
              LIMITS.withTotal(Duration.ofMillis(500)));

      assertThat(answer)
          .isEqualTo(
              new OutboundResult.OutboundFailure(
                  OutboundError.NODE_BUSY,
                  "this node had no memory free in time for the response of 127.0.0.1:"
                      + site.port()));
      assertThat(((OutboundResult.OutboundFailure) answer).retryable()).isTrue();
    }
    assertThat(outbound.send(OutboundRequest.get(site.url("/"), Map.of()), LIMITS))
        .isInstanceOf(OutboundResult.Response.class);
  }

  @Test
  void an_interrupted_wait_reserves_nothing() throws Exception {
    large("/");
    BodyMemoryBudget.MemoryReservation all = budget.newReservation();
    assertThat(all.reserve(10L * LARGE, Deadline.in(Duration.ofSeconds(1)))).isTrue();
    CountDownLatch ended = new CountDownLatch(1);
    BodyMemoryBudget.MemoryReservation interrupted = budget.newReservation();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try (interrupted) {
                outbound.send(OutboundRequest.get(site.url("/"), Map.of()), LIMITS, interrupted);
              } catch (InterruptedException _) {
                ended.countDown();
              }
            });
    Await.until("it waits", Duration.ofSeconds(10), interrupted::waiting);
    thread.interrupt();
    ended.await();
    all.close();

    Await.until("all is free", Duration.ofSeconds(10), () -> budget.free() > 4.9 * LARGE);
  }
}
