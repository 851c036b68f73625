package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import io.headgate.outbound.Targets;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotTest {

  @TempDir Path folder;

  private final BlockingQueue<Task<?>> tasks = new LinkedBlockingQueue<>();
  private final AtomicInteger started = new AtomicInteger();

  /** A browser whose method of this name throws an unexpected exception. */
  private static LiveBrowser breaking(LiveBrowser live, String method) {
    Supplier<Object> broken =
        () -> {
          throw new IllegalStateException("broken for the test");
        };
    return new LiveBrowser(answering(live, method, broken), live.driver());
  }

  /** A browser that always appears alive. */
  private static LiveBrowser undying(LiveBrowser live) {
    return new LiveBrowser(answering(live, "isConnected", () -> true), ProcessHandle.current());
  }

  /** The same browser with another result of one method. */
  private static Browser answering(LiveBrowser live, String method, Supplier<Object> answer) {
    return (Browser)
        Proxy.newProxyInstance(
            SlotTest.class.getClassLoader(),
            new Class<?>[] {Browser.class},
            (_, called, arguments) -> {
              if (called.getName().equals(method)) {
                return answer.get();
              }
              try {
                return called.invoke(live.browser(), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private String visit() throws Exception {
    Task<String> task =
        new Task<>(
            Visit.lasting(BrowserCase.TIME),
            page -> {
              page.setContent("<title>here</title>");
              return page.title();
            });
    tasks.add(task);
    return task.await(BrowserCase.TIME);
  }

  /** Runs two visits in one slot, each in a new browser. */
  private void visitTwice(String broken) throws Exception {
    BrowserAtHand.require();
    Browsers.Settings settings =
        new Browsers.Settings(
            1, Optional.empty(), Browsers.Bounds.usual(1).withVisits(1), folder.resolve("den"));
    try (Targets targets = new Targets(true);
        Gate gate = Gate.open(targets);
        Den den = Den.open(settings.folder())) {
      Launcher launcher = new Launcher(settings, gate);
      Slot.Start start =
          (room, driver) -> {
            started.incrementAndGet();
            return breaking(launcher.launch(room, driver), broken);
          };
      Slot slot = new Slot(tasks, start, gate, settings, den);
      Thread thread = Thread.ofPlatform().daemon().name("slot").start(slot);
      assertThat(visit()).isEqualTo("here");
      assertThat(visit()).isEqualTo("here");
      slot.close();
      tasks.add(Task.wakeUp());
      assertThat(thread.join(BrowserCase.TIME)).isTrue();
    }
    assertThat(started).hasValue(2);
  }

  @Test
  void a_slot_whose_browser_breaks_as_it_closes_makes_itself_another() throws Exception {
    visitTwice("close");
  }

  /** A killed driver appears alive for a moment. */
  @Test
  void a_browser_that_was_killed_under_a_visit_is_not_for_the_next_one() throws Exception {
    BrowserAtHand.require();
    Browsers.Settings settings =
        new Browsers.Settings(1, Optional.empty(), Browsers.Bounds.usual(1), folder.resolve("den"));
    try (Targets targets = new Targets(true);
        Gate gate = Gate.open(targets);
        Den den = Den.open(settings.folder())) {
      Launcher launcher = new Launcher(settings, gate);
      Slot.Start start = (room, driver) -> undying(launcher.launch(room, driver));
      Slot slot = new Slot(tasks, start, gate, settings, den);
      Thread thread = Thread.ofPlatform().daemon().name("slot").start(slot);
      CountDownLatch begun = new CountDownLatch(1);
      Task<String> spinning =
          new Task<>(
              Visit.lasting(BrowserCase.TIME),
              page -> {
                begun.countDown();
                return String.valueOf(page.evaluate("() => { while (true) {} }"));
              });
      tasks.add(spinning);
      assertThat(begun.await(BrowserCase.TIME.toSeconds(), TimeUnit.SECONDS)).isTrue();

      slot.kill(spinning);

      assertThat(visit()).isEqualTo("here");
      slot.close();
      tasks.add(Task.wakeUp());
      assertThat(thread.join(BrowserCase.TIME)).isTrue();
    }
  }

  @Test
  void a_slot_whose_browser_breaks_when_asked_whether_it_lives_makes_itself_another()
      throws Exception {
    visitTwice("isConnected");
  }
}
