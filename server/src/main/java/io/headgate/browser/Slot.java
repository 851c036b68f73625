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
 * One browser and the one thread that may talk to it. It takes a visit at a time; whoever waits for
 * that visit can have its connections cut or the whole browser killed, from any thread.
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

  /** Its processes were told to end. It may still look alive, and is for no other visit. */
  private boolean doomed;

  /** What it is busy with. */
  private record Current(Task<?> task, Passage way) {}

  /** How it comes by a browser; see {@link Launcher#launch}. */
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

  /** Whatever goes wrong, it goes on: a thread that ends takes its place from the node for good. */
  @Override
  public void run() {
    while (!closing) {
      try {
        next();
      } catch (InterruptedException _) {
        // nobody's business here: close() wakes it with a task
      } catch (Throwable e) {
        log.error("a slot of browsers goes on with a new one after", e);
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

  /** Looked at now and then only: it means to read of every process of the machine. */
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

  /** From here on nobody ends the browser on behalf of the visit that is over. */
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
   * Ends the browser, which tidies up if it can; the next visit starts another. Never throws: what
   * goes wrong here must keep nobody from that.
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
      log.warn("a browser was not put away in good order", e);
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
      log.debug("a browser that did not close is killed", e);
    } finally {
      ultimatum.cancel(false);
    }
  }

  /** What this task has taken more of than it may, twice its bound in the case of memory. */
  Optional<BrowserTrouble> excess(Task<?> task) {
    Current now = current;
    if (now == null || now.task() != task) {
      return Optional.empty();
    }
    return memory() > 2 * settings.bounds().memory()
        ? Optional.of(
            new BrowserTrouble(
                "too-much-memory", "the page takes more memory than a visit may", true))
        : now.way().excess();
  }

  /** What the page of this task waits for from the network will not come. */
  void cut(Task<?> task) {
    Current now = current;
    if (now != null && now.task() == task) {
      now.way().cut();
    }
  }

  /** Ends browser and driver under the task, if it is still here. */
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
    log.info("a browser that does not end its visit is killed");
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

  /** No more visits; the one under way ends now. Wake it with a task. */
  void close() {
    closing = true;
    if (current != null) {
      kill();
    }
  }
}
