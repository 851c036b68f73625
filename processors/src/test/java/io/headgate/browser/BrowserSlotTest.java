package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import io.headgate.outbound.TargetCheck;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("browser")
class BrowserSlotTest {

  @TempDir Path folder;

  private final BlockingQueue<VisitTask<?>> tasks = new LinkedBlockingQueue<>();
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
  private static LiveBrowser alwaysAlive(LiveBrowser live) {
    return new LiveBrowser(answering(live, "isConnected", () -> true), ProcessHandle.current());
  }

  /** The same browser with another result of one method. */
  private static Browser answering(LiveBrowser live, String method, Supplier<Object> answer) {
    return (Browser)
        Proxy.newProxyInstance(
            BrowserSlotTest.class.getClassLoader(),
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
    VisitTask<String> task =
        new VisitTask<>(
            Visit.lasting(BrowserCase.TIME_LIMIT),
            page -> {
              page.setContent("<title>here</title>");
              return page.title();
            });
    tasks.add(task);
    return task.await(BrowserCase.TIME_LIMIT);
  }

  /** Runs two visits in one slot, each in a new browser. */
  private void visitTwice(String method) throws Exception {
    RequiredBrowser.require();
    Browsers.BrowserSettings settings =
        new Browsers.BrowserSettings(
            1,
            Optional.empty(),
            Browsers.BrowserLimits.defaults(1).withVisits(1),
            folder.resolve("browsers"));
    try (TargetCheck targets = new TargetCheck(true);
        ForwardProxy forwardProxy = ForwardProxy.open(targets);
        WorkDirectory workDirectory = WorkDirectory.open(settings.folder())) {
      BrowserLauncher launcher = new BrowserLauncher(settings, forwardProxy);
      BrowserSlot.BrowserStarter start =
          (browserFolder, driver) -> {
            started.incrementAndGet();
            return breaking(launcher.launch(browserFolder, driver), method);
          };
      BrowserSlot slot = new BrowserSlot(tasks, start, forwardProxy, settings, workDirectory);
      Thread thread = Thread.ofPlatform().daemon().name("slot").start(slot);
      assertThat(visit()).isEqualTo("here");
      assertThat(visit()).isEqualTo("here");
      slot.close();
      tasks.add(VisitTask.wakeUp());
      assertThat(thread.join(BrowserCase.TIME_LIMIT)).isTrue();
    }
    assertThat(started).hasValue(2);
  }

  @Test
  void a_slot_whose_browser_fails_to_close_starts_another() throws Exception {
    visitTwice("close");
  }

  /** A killed driver appears alive for a moment. */
  @Test
  void a_browser_that_was_killed_during_a_visit_does_not_serve_the_next() throws Exception {
    RequiredBrowser.require();
    Browsers.BrowserSettings settings =
        new Browsers.BrowserSettings(
            1, Optional.empty(), Browsers.BrowserLimits.defaults(1), folder.resolve("browsers"));
    try (TargetCheck targets = new TargetCheck(true);
        ForwardProxy forwardProxy = ForwardProxy.open(targets);
        WorkDirectory workDirectory = WorkDirectory.open(settings.folder())) {
      BrowserLauncher launcher = new BrowserLauncher(settings, forwardProxy);
      BrowserSlot.BrowserStarter start =
          (browserFolder, driver) -> alwaysAlive(launcher.launch(browserFolder, driver));
      BrowserSlot slot = new BrowserSlot(tasks, start, forwardProxy, settings, workDirectory);
      Thread thread = Thread.ofPlatform().daemon().name("slot").start(slot);
      CountDownLatch scriptStarted = new CountDownLatch(1);
      VisitTask<String> spinning =
          new VisitTask<>(
              Visit.lasting(BrowserCase.TIME_LIMIT),
              page -> {
                scriptStarted.countDown();
                return String.valueOf(page.evaluate("() => { while (true) {} }"));
              });
      tasks.add(spinning);
      assertThat(scriptStarted.await(BrowserCase.TIME_LIMIT.toSeconds(), TimeUnit.SECONDS))
          .isTrue();

      slot.kill(spinning);

      assertThat(visit()).isEqualTo("here");
      slot.close();
      tasks.add(VisitTask.wakeUp());
      assertThat(thread.join(BrowserCase.TIME_LIMIT)).isTrue();
    }
  }

  @Test
  void a_slot_whose_browser_fails_the_liveness_check_starts_another() throws Exception {
    visitTwice("isConnected");
  }
}
