package io.headgate.processor.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LayoutExecutorTest {

  @Test
  @Timeout(20)
  void a_task_that_is_cancelled_before_it_starts_releases_its_budget() throws Exception {
    LayoutExecutor executor = new LayoutExecutor(10);
    FutureTask<String> cancelled = new FutureTask<>(() -> "never");
    cancelled.cancel(true);
    executor.start(cancelled, 10);
    FutureTask<String> next = new FutureTask<>(() -> "drawn");
    executor.start(next, 10);
    assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo("drawn");
  }

  @Test
  @Timeout(20)
  void a_task_that_fails_releases_its_budget() throws Exception {
    LayoutExecutor executor = new LayoutExecutor(10);
    executor.start(
        new FutureTask<>(() -> {
          throw new IllegalStateException("it went wrong");
        }),
        10);
    FutureTask<String> next = new FutureTask<>(() -> "drawn");
    executor.start(next, 10);
    assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo("drawn");
  }
}
