package io.headgate.browser;

import com.microsoft.playwright.Page;
import com.sun.management.OperatingSystemMXBean;
import io.headgate.outbound.TargetCheck;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The Chromium processes of this node, and the entry point of this package: {@link #visit} runs
 * code on a page. Each visit has a page in its own browser context and sees nothing of earlier
 * visits. Every connection of the page passes the target check. A visit ends within a second of its
 * time limit and of an interrupt, whatever the page does. A browser that crashes or hangs is killed
 * and restarted. Thread-safe.
 */
public final class Browsers implements AutoCloseable {

  private static final Duration CLOSE_GRACE = Duration.ofMillis(300);
  private static final Duration KILL_WAIT = Duration.ofMillis(500);
  private static final Duration LIMIT_CHECK_INTERVAL = Duration.ofSeconds(1);
  private static final long JOIN_MILLIS = 5_000;

  private final BrowserSettings settings;
  private final ForwardProxy forwardProxy;
  private final WorkDirectory workDirectory;
  private final BlockingQueue<VisitTask<?>> tasks = new LinkedBlockingQueue<>();
  private final List<BrowserSlot> slots = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicBoolean open = new AtomicBoolean(true);

  /** Code that uses a page. It runs on the browser's thread; no other thread may use the page. */
  public interface PageWork<T> {
    T apply(Page page) throws Exception;
  }

  /**
   * The configuration of the browsers.
   *
   * @param slots the maximum number of browsers, each with one visit at a time; at least 1
   * @param executable the browser; empty for the first known name on the PATH
   * @param limits the limits of each browser
   * @param folder the parent of the folder for profiles and temporary files; the machine's
   *     temporary folder is used instead when this path is too long for the sockets of a browser
   */
  public record BrowserSettings(
      int slots, Optional<Path> executable, BrowserLimits limits, Path folder) {

    public BrowserSettings {
      if (slots < 1) {
        throw new IllegalArgumentException("browser slots must be at least 1; got " + slots);
      }
    }

    /** The defaults: the browser on the PATH and one slot for each core. */
    public static BrowserSettings defaults(Path folder) {
      int cores = Runtime.getRuntime().availableProcessors();
      return new BrowserSettings(cores, Optional.empty(), BrowserLimits.defaults(cores), folder);
    }
  }

  /**
   * The limits of one browser.
   *
   * @param visits the number of visits after which the browser is replaced
   * @param bytes the bytes that one visit may receive and send, counted on the wire
   * @param memory bytes of memory of the browser with all its processes: a browser above it is
   *     replaced after the visit, and killed together with the visit at twice as much
   */
  public record BrowserLimits(int visits, long bytes, long memory) {

    public static final int VISITS = 500;
    public static final long BYTES = 200_000_000;
    private static final long MIN_MEMORY = 512L << 20;

    public BrowserLimits {
      if (visits < 1 || bytes < 1 || memory < 1) {
        throw new IllegalArgumentException(
            "visits, bytes and memory must be at least 1; got %d, %d and %d"
                .formatted(visits, bytes, memory));
      }
    }

    /** The defaults: all {@code slots} together may use half of the machine's memory. */
    public static BrowserLimits defaults(int slots) {
      long machine =
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
      return new BrowserLimits(VISITS, BYTES, Math.max(MIN_MEMORY, machine / 2 / slots));
    }

    public BrowserLimits withVisits(int other) {
      return new BrowserLimits(other, bytes, memory);
    }

    public BrowserLimits withBytes(long other) {
      return new BrowserLimits(visits, other, memory);
    }

    public BrowserLimits withMemory(long other) {
      return new BrowserLimits(visits, bytes, other);
    }
  }

  private Browsers(
      BrowserSettings settings, ForwardProxy forwardProxy, WorkDirectory workDirectory) {
    this.settings = settings;
    this.forwardProxy = forwardProxy;
    this.workDirectory = workDirectory;
    BrowserLauncher launcher = new BrowserLauncher(settings, forwardProxy);
    for (int i = 0; i < settings.slots(); i++) {
      BrowserSlot slot =
          new BrowserSlot(tasks, launcher::launch, forwardProxy, settings, workDirectory);
      slots.add(slot);
      threads.add(Thread.ofPlatform().daemon().name("headgate-browser-" + i).start(slot));
    }
  }

  /** Starts the slots. The browsers themselves start with the first visits. */
  public static Browsers start(BrowserSettings settings, TargetCheck targets) {
    return new Browsers(
        settings, ForwardProxy.open(targets), WorkDirectory.open(settings.folder()));
  }

  /** What the operator must install or configure before visits are possible; empty when nothing. */
  public List<String> missing() {
    return Chromium.find(settings.executable()).isPresent() ? List.of() : List.of(missingBrowser());
  }

  private String missingBrowser() {
    return settings
        .executable()
        .map(path -> "the browser " + path + " (browser_executable) cannot be run")
        .orElse("a browser: install chromium, or set browser_executable");
  }

  /**
   * Runs {@code work} on a new page and closes the page. Waits first for a free browser, in order
   * of arrival. Unchecked exceptions of {@code work} are rethrown as they are.
   *
   * @throws InterruptedException within a second of the interrupt; the page is closed
   * @throws BrowserException when the page, the network or the browser fails; with code {@code
   *     timeout} within a second of the time limit
   */
  public <T> T visit(Visit visit, PageWork<T> work) throws InterruptedException, BrowserException {
    if (!missing().isEmpty()) {
      throw new BrowserException("browser-missing", "no browser is installed on this node", true);
    }
    VisitTask<T> task = new VisitTask<>(visit, work);
    tasks.add(task);
    try {
      requireOpen();
      return await(task);
    } catch (TimeoutException _) {
      throw timeout(task);
    } catch (InterruptedException e) {
      end(task);
      throw e;
    } catch (ExecutionException e) {
      throw unwrapped(e.getCause());
    }
  }

  private static <T> T await(VisitTask<T> task)
      throws InterruptedException, ExecutionException, TimeoutException, BrowserException {
    while (true) {
      Duration left = task.remaining();
      boolean isLastWait = left.compareTo(LIMIT_CHECK_INTERVAL) <= 0;
      try {
        return task.await(isLastWait ? left : LIMIT_CHECK_INTERVAL);
      } catch (TimeoutException e) {
        if (isLastWait) {
          throw e;
        }
        requireWithinBounds(task);
      }
    }
  }

  /**
   * Without the check, a page could exhaust the memory of the machine, and a page whose connections
   * were closed at the byte limit could wait forever.
   */
  private static void requireWithinBounds(VisitTask<?> task) throws BrowserException {
    BrowserSlot slot = task.slot();
    Optional<BrowserException> excess = slot == null ? Optional.empty() : slot.limitError(task);
    if (slot != null && excess.isPresent()) {
      slot.kill(task);
      task.endsWithin(KILL_WAIT);
      throw excess.get();
    }
  }

  private void requireOpen() throws BrowserException {
    if (!open.get()) {
      throw closed();
    }
  }

  private static BrowserException closed() {
    return new BrowserException("browser-closed", "this node is stopping", true);
  }

  private BrowserException timeout(VisitTask<?> task) {
    return end(task)
        ? new BrowserException("timeout", "the page did not finish within its time limit", true)
        : BrowserException.busy();
  }

  /**
   * Ends a task within a second: closes its connections, which ends most tasks, and then kills its
   * browser.
   *
   * @return false when the task had not started
   */
  private boolean end(VisitTask<?> task) {
    BrowserSlot slot = task.withdraw();
    if (slot == null) {
      tasks.remove(task);
      return task.isDone();
    }
    slot.closeConnections(task);
    if (!task.endsWithin(CLOSE_GRACE)) {
      slot.kill(task);
      task.endsWithin(KILL_WAIT);
    }
    return true;
  }

  private static BrowserException unwrapped(@Nullable Throwable cause) {
    return switch (cause) {
      case BrowserException known -> known;
      case RuntimeException bug -> throw bug;
      case Error error -> throw error;
      case null, default ->
          new BrowserException("browser-failed", "the processing of the page failed", true, cause);
    };
  }

  /** Ends every visit and all browser processes. */
  @Override
  public void close() {
    if (!open.compareAndSet(true, false)) {
      return;
    }
    slots.forEach(BrowserSlot::close);
    slots.forEach(_ -> tasks.add(VisitTask.wakeUp()));
    for (Thread thread : threads) {
      join(thread);
    }
    tasks.forEach(task -> task.failed(closed()));
    forwardProxy.close();
    workDirectory.close();
  }

  private static void join(Thread thread) {
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
