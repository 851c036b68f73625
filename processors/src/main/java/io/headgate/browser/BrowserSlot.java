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
 * may close the connections of the current visit ({@link #closeConnections}) or kill the browser
 * ({@link #kill}).
 */
final class BrowserSlot implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(BrowserSlot.class);
  private static final long IDLE_SECONDS = 300;
  private static final long CLOSE_SECONDS = 2;
  private static final long MEMORY_CHECK_NANOS = 5_000_000_000L;

  private final BlockingQueue<VisitTask<?>> tasks;
  private final BrowserStarter starter;
  private final ForwardProxy forwardProxy;
  private final Browsers.BrowserSettings settings;
  private final WorkDirectory workDirectory;
  private @Nullable LiveBrowser live;
  private @Nullable Path folder;
  private int visits;
  private long memoryCheckedAt;
  private volatile @Nullable CurrentVisit current;
  private volatile @Nullable ProcessHandle driver;
  private volatile boolean closing;

  /** The browser was killed. It may still appear alive, but must not serve another visit. */
  private boolean killed;

  /** The visit that runs now. */
  private record CurrentVisit(VisitTask<?> task, VisitProxy proxy) {}

  /** Starts a browser; see {@link BrowserLauncher#launch}. */
  interface BrowserStarter {
    LiveBrowser launch(Path folder, Consumer<ProcessHandle> started) throws BrowserException;
  }

  BrowserSlot(
      BlockingQueue<VisitTask<?>> tasks,
      BrowserStarter starter,
      ForwardProxy forwardProxy,
      Browsers.BrowserSettings settings,
      WorkDirectory workDirectory) {
    this.tasks = tasks;
    this.starter = starter;
    this.forwardProxy = forwardProxy;
    this.settings = settings;
    this.workDirectory = workDirectory;
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
        endBrowser();
      }
    }
    endBrowser();
  }

  private void next() throws InterruptedException {
    VisitTask<?> task = tasks.poll(IDLE_SECONDS, TimeUnit.SECONDS);
    if (task == null) {
      endBrowser();
    } else if (task.start(this)) {
      runTask(task);
    }
  }

  private <T> void runTask(VisitTask<T> task) {
    try {
      task.succeeded(visit(task));
    } catch (Throwable e) {
      task.failed(e);
    }
    LiveBrowser running = live;
    if (running != null && (killed() || !running.isAlive() || needsReplacement())) {
      endBrowser();
    }
  }

  /** The memory is measured only every few seconds, because that reads all processes. */
  private boolean needsReplacement() {
    boolean usesTooMuchMemory = false;
    if (System.nanoTime() - memoryCheckedAt > MEMORY_CHECK_NANOS) {
      memoryCheckedAt = System.nanoTime();
      usesTooMuchMemory = memory() > settings.limits().memory();
    }
    return usesTooMuchMemory || visits >= settings.limits().visits();
  }

  private long memory() {
    ProcessHandle process = driver;
    return process == null ? 0 : Processes.memory(process);
  }

  private <T> T visit(VisitTask<T> task) throws Exception {
    try (VisitProxy proxy =
        forwardProxy.openVisit(settings.limits().bytes(), task.visit().proxy())) {
      current = new CurrentVisit(task, proxy);
      LiveBrowser running = running();
      visits++;
      try (BrowserContext context = PageFactory.context(running.browser(), task, proxy)) {
        T result = task.run(PageFactory.open(context, proxy));
        proxy.requireUsable();
        return result;
      } catch (PlaywrightException e) {
        throw running.isAlive()
            ? PageErrors.translate(e, proxy.failure())
            : new BrowserException("browser-crashed", "the browser ended unexpectedly", true, e);
      }
    } finally {
      clearCurrent();
    }
  }

  /** From now on a late call for the finished visit cannot kill the browser. */
  private synchronized void clearCurrent() {
    current = null;
  }

  private synchronized boolean killed() {
    return killed;
  }

  private LiveBrowser running() throws BrowserException {
    LiveBrowser running = live;
    if (running == null || !running.isAlive()) {
      endBrowser();
      Path newFolder = workDirectory.createFolder();
      folder = newFolder;
      running = starter.launch(newFolder, process -> driver = process);
      live = running;
      visits = 0;
      memoryCheckedAt = System.nanoTime() - MEMORY_CHECK_NANOS;
    }
    return running;
  }

  /**
   * Ends the browser, in an orderly way if possible; the next visit starts another one. Never
   * throws, so that a failure here cannot prevent that.
   */
  private void endBrowser() {
    LiveBrowser running = killed() ? null : live;
    ProcessHandle process = driver;
    Path oldFolder = folder;
    live = null;
    folder = null;
    synchronized (this) {
      driver = null;
      killed = false;
    }
    try {
      if (process != null) {
        end(running, process);
      }
      if (oldFolder != null) {
        workDirectory.release(oldFolder);
      }
    } catch (Throwable e) {
      log.warn("the cleanup of a browser failed", e);
    }
  }

  private static void end(@Nullable LiveBrowser running, ProcessHandle process) {
    try {
      if (running != null && running.isAlive()) {
        close(running, process);
      }
    } finally {
      Processes.kill(process);
    }
  }

  private static void close(LiveBrowser running, ProcessHandle process) {
    CompletableFuture<Void> killTimeout =
        CompletableFuture.runAsync(
            () -> Processes.kill(process),
            CompletableFuture.delayedExecutor(CLOSE_SECONDS, TimeUnit.SECONDS));
    try {
      running.browser().close();
    } catch (RuntimeException e) {
      log.debug("a browser did not close and is killed", e);
    } finally {
      killTimeout.cancel(false);
    }
  }

  /**
   * The limit that this task exceeds, if any. Of memory it may use twice the bound of a browser.
   */
  Optional<BrowserException> limitError(VisitTask<?> task) {
    CurrentVisit now = current;
    if (now == null || now.task() != task) {
      return Optional.empty();
    }
    return memory() > 2 * settings.limits().memory()
        ? Optional.of(
            new BrowserException(
                "too-much-memory", "the page exceeds the memory limit of one visit", true))
        : now.proxy().limitError();
  }

  /** Closes the connections of the task if it still runs here. */
  void closeConnections(VisitTask<?> task) {
    CurrentVisit now = current;
    if (now != null && now.task() == task) {
      now.proxy().closeConnections();
    }
  }

  /** Kills browser and driver if the task still runs here. */
  void kill(VisitTask<?> task) {
    ProcessHandle process;
    synchronized (this) {
      CurrentVisit now = current;
      if (now == null || now.task() != task) {
        return;
      }
      killed = true;
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
