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
class SpaceTest {

  private static final int LARGE = 1_000_000;
  private static final OutboundLimits LIMITS =
      OutboundLimits.DEFAULT.withMaxBytes(2 * LARGE).withTotal(Duration.ofSeconds(30));

  private final Site site = new Site();
  private final Space space = new Space(5L * LARGE);
  private final Outbound outbound = new Outbound(new Targets(true), InstantSource.system(), space);

  @AfterEach
  void close() {
    outbound.close();
    site.close();
  }

  private FutureTask<Answer> get(String path, Space.Share share) {
    FutureTask<Answer> answer =
        new FutureTask<>(
            () -> outbound.send(OutboundRequest.get(site.url(path), Map.of()), LIMITS, share));
    Thread.ofVirtual().start(answer);
    return answer;
  }

  private void large(String path) {
    site.bytes(path, "text/plain", new byte[LARGE]);
  }

  @Test
  void large_bodies_wait_for_room_and_all_of_them_come_in_the_end() throws Exception {
    large("/");
    AtomicInteger most = new AtomicInteger();
    AtomicInteger inside = new AtomicInteger();
    List<FutureTask<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      FutureTask<Integer> one =
          new FutureTask<>(() -> {
            try (Space.Share share = space.share()) {
              Answer answer = get("/", share).get();
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              inside.decrementAndGet();
              return ((Answer.Response) answer).body().length;
            }
          });
      Thread.ofVirtual().start(one);
      all.add(one);
    }

    for (FutureTask<Integer> one : all) {
      assertThat(one.get()).isEqualTo(LARGE);
    }
    assertThat(most.get()).isLessThanOrEqualTo(5);
    assertThat(space.free()).isGreaterThan(4L * LARGE);
  }

  @Test
  void a_body_holds_its_length_until_it_was_read_and_another_waits_for_that() throws Exception {
    large("/");
    Space.Share first = space.share();
    try (Space.Share second = space.share();
        Space.Share third = space.share();
        Space.Share last = space.share()) {
      assertThat(get("/", first).get()).isInstanceOf(Answer.Response.class);
      assertThat(space.free()).isBetween(3L * LARGE, 4L * LARGE);
      assertThat(get("/", second).get()).isInstanceOf(Answer.Response.class);
      assertThat(get("/", third).get()).isInstanceOf(Answer.Response.class);
      FutureTask<Answer> waits = get("/", last);
      Await.until("it waits", Duration.ofSeconds(10), last::waiting);
      assertThat(waits.isDone()).isFalse();

      giveBack(first);
      assertThat(waits.get()).isInstanceOf(Answer.Response.class);
    }
  }

  private static void giveBack(Space.Share share) {
    share.close();
  }

  @Test
  void small_bodies_need_no_room() throws Exception {
    site.page("/", "text/plain", "x".repeat(60_000));
    try (Space.Share all = space.share();
        Space.Share small = space.share()) {
      assertThat(all.take(10L * LARGE, Deadline.in(Duration.ofSeconds(1)))).isTrue();

      assertThat(get("/", small).get()).isInstanceOf(Answer.Response.class);
    }
  }

  @Test
  void a_body_that_finds_no_room_in_time_fails_with_a_sentence_about_this_node() throws Exception {
    large("/");
    try (Space.Share all = space.share()) {
      assertThat(all.take(10L * LARGE, Deadline.in(Duration.ofSeconds(1)))).isTrue();

      Answer answer =
          outbound.send(
              OutboundRequest.get(site.url("/"), Map.of()),
              LIMITS.withTotal(Duration.ofMillis(500)));

      assertThat(answer)
          .isEqualTo(
              new Answer.Failed(
                  Trouble.NODE_BUSY,
                  "this node had no memory free in time for the response of 127.0.0.1:"
                      + site.port()));
      assertThat(((Answer.Failed) answer).passing()).isTrue();
    }
    assertThat(outbound.send(OutboundRequest.get(site.url("/"), Map.of()), LIMITS))
        .isInstanceOf(Answer.Response.class);
  }

  @Test
  void one_who_leaves_while_it_waits_takes_nothing_with_it() throws Exception {
    large("/");
    Space.Share all = space.share();
    assertThat(all.take(10L * LARGE, Deadline.in(Duration.ofSeconds(1)))).isTrue();
    CountDownLatch left = new CountDownLatch(1);
    Space.Share leaver = space.share();
    Thread visitor =
        Thread.ofVirtual()
            .start(() -> {
              try (leaver) {
                outbound.send(OutboundRequest.get(site.url("/"), Map.of()), LIMITS, leaver);
              } catch (InterruptedException _) {
                left.countDown();
              }
            });
    Await.until("it waits", Duration.ofSeconds(10), leaver::waiting);
    visitor.interrupt();
    left.await();
    all.close();

    Await.until("all is free", Duration.ofSeconds(10), () -> space.free() > 4.9 * LARGE);
  }
}
