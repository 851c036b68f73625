package io.headgate.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.PlaywrightException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A browser and the only thread that may call it. The slot runs one visit at a time. Other threads
 * may close the connections of the current visit ({@link #cut}) or kill the browser ({@link
 * #kill}).
 */
final class Slot implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Slot.class);
  private static final long IDLE_SECONDS = 300;
  private static final long CLOSE_SECONDS = 2;
  private static final long WEIGHED_NANOS = 5_000_000_000L;

  private final BlockingQueue<Task<?>> tasks;
  private final Start start;
  private final Gate gate;
  private final Browsers.Settings settings;
  private final Den den;
  private @Nullable LiveBrowser live;
  private @Nullable Path room;
  private int visits;
  private long weighed;
  private volatile @Nullable Current current;
  private volatile @Nullable ProcessHandle driver;
  private volatile boolean closing;

  /** The browser was killed. It may still appear alive, but must not serve another visit. */
  private boolean doomed;

  /** The visit that runs now. */
  private record Current(Task<?> task, Passage way) {}

  /** Starts a browser; see {@link Launcher#launch}. */
  interface Start {
    LiveBrowser launch(Path room, Consumer<ProcessHandle> started) throws BrowserTrouble;
  }

  Slot(BlockingQueue<Task<?>> tasks, Start start, Gate gate, Browsers.Settings settings, Den den) {
    this.tasks = tasks;
    this.start = start;
    this.gate = gate;
    this.settings = settings;
    this.den = den;
  }

  /** Survives every failure, because the node would lose the slot with the thread. */
  @Override
  public void run() {
    while (!closing) {
      try {
        next();
      } catch (InterruptedException _) {
        // close() wakes this thread with a task, not with an interrupt
      } catch (Throwable e) {
        log.error("a browser slot failed and continues with a new browser", e);
        retire();
      }
    }
    retire();
  }

  private void next() throws InterruptedException {
    Task<?> task = tasks.poll(IDLE_SECONDS, TimeUnit.SECONDS);
    if (task == null) {
      retire();
    } else if (task.begin(this)) {
      serve(task);
    }
  }

  private <T> void serve(Task<T> task) {
    try {
      task.succeeded(visit(task));
    } catch (Throwable e) {
      task.failed(e);
    }
    LiveBrowser running = live;
    if (running != null && (doomed() || !running.alive() || worn())) {
      retire();
    }
  }

  /** The memory is measured only every few seconds, because that reads all processes. */
  private boolean worn() {
    boolean heavy = false;
    if (System.nanoTime() - weighed > WEIGHED_NANOS) {
      weighed = System.nanoTime();
      heavy = memory() > settings.bounds().memory();
    }
    return heavy || visits >= settings.bounds().visits();
  }

  private long memory() {
    ProcessHandle process = driver;
    return process == null ? 0 : Processes.memory(process);
  }

  private <T> T visit(Task<T> task) throws Exception {
    try (Passage way = gate.admit(settings.bounds().bytes(), task.visit().proxy())) {
      current = new Current(task, way);
      LiveBrowser running = running();
      visits++;
      try (BrowserContext context = Pages.context(running.browser(), task, way)) {
        T result = task.on(Pages.open(context, way));
        way.requireInOrder();
        return result;
      } catch (PlaywrightException e) {
        throw running.alive()
            ? PageTrouble.of(e, way.trouble())
            : new BrowserTrouble("browser-crashed", "the browser ended unexpectedly", true, e);
      }
    } finally {
      leave();
    }
  }

  /** From now on a late call for the finished visit cannot kill the browser. */
  private synchronized void leave() {
    current = null;
  }

  private synchronized boolean doomed() {
    return doomed;
  }

  private LiveBrowser running() throws BrowserTrouble {
    LiveBrowser running = live;
    if (running == null || !running.alive()) {
      retire();
      Path own = den.room();
      room = own;
      running = start.launch(own, process -> driver = process);
      live = running;
      visits = 0;
      weighed = System.nanoTime() - WEIGHED_NANOS;
    }
    return running;
  }

  /**
   * Ends the browser, in an orderly way if possible; the next visit starts another one. Never
   * throws, so that a failure here cannot prevent that.
   */
  private void retire() {
    LiveBrowser running = doomed() ? null : live;
    ProcessHandle process = driver;
    Path left = room;
    live = null;
    room = null;
    synchronized (this) {
      driver = null;
      doomed = false;
    }
    try {
      if (process != null) {
        end(running, process);
      }
      if (left != null) {
        den.leave(left);
      }
    } catch (Throwable e) {
      log.warn("the cleanup of a browser failed", e);
    }
  }

  private static void end(@Nullable LiveBrowser running, ProcessHandle process) {
    try {
      if (running != null && running.alive()) {
        close(running, process);
      }
    } finally {
      Processes.kill(process);
    }
  }

  private static void close(LiveBrowser running, ProcessHandle process) {
    CompletableFuture<Void> ultimatum =
        CompletableFuture.runAsync(
            () -> Processes.kill(process),
            CompletableFuture.delayedExecutor(CLOSE_SECONDS, TimeUnit.SECONDS));
    try {
      running.browser().close();
    } catch (RuntimeException e) {
      log.debug("a browser did not close and is killed", e);
    } finally {
      ultimatum.cancel(false);
    }
  }

  /**
   * The limit that this task exceeds, if any. Of memory it may use twice the bound of a browser.
   */
  Optional<BrowserTrouble> excess(Task<?> task) {
    Current now = current;
    if (now == null || now.task() != task) {
      return Optional.empty();
    }
    return memory() > 2 * settings.bounds().memory()
        ? Optional.of(
            new BrowserTrouble(
                "too-much-memory", "the page exceeds the memory limit of one visit", true))
        : now.way().excess();
  }

  /** Closes the connections of the task if it still runs here. */
  void cut(Task<?> task) {
    Current now = current;
    if (now != null && now.task() == task) {
      now.way().cut();
    }
  }

  /** Kills browser and driver if the task still runs here. */
  void kill(Task<?> task) {
    ProcessHandle process;
    synchronized (this) {
      Current now = current;
      if (now == null || now.task() != task) {
        return;
      }
      doomed = true;
      process = driver;
    }
    log.info("a browser did not end its visit and is killed");
    if (process != null) {
      Processes.kill(process);
    }
  }

  private void kill() {
    ProcessHandle process = driver;
    if (process != null) {
      Processes.kill(process);
    }
  }

  /** Ends the current visit and stops the slot; the caller must wake it with a task. */
  void close() {
    closing = true;
    if (current != null) {
      kill();
    }
  }
}
