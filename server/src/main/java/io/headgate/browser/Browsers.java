package io.headgate.browser;

import com.microsoft.playwright.Page;
import com.sun.management.OperatingSystemMXBean;
import io.headgate.outbound.Targets;
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

  private static final Duration COURTESY = Duration.ofMillis(300);
  private static final Duration END = Duration.ofMillis(500);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final long JOIN_MILLIS = 5_000;

  private final Settings settings;
  private final Gate gate;
  private final Den den;
  private final BlockingQueue<Task<?>> tasks = new LinkedBlockingQueue<>();
  private final List<Slot> slots = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicBoolean open = new AtomicBoolean(true);

  /** Code that uses a page. It runs on the browser's thread; no other thread may use the page. */
  public interface Work<T> {
    T on(Page page) throws Exception;
  }

  /**
   * The configuration of the browsers.
   *
   * @param slots the maximum number of browsers, each with one visit at a time; at least 1
   * @param executable the browser; empty for the first known name on the PATH
   * @param bounds the limits of each browser
   * @param folder the parent of the folder for profiles and temporary files; the machine's
   *     temporary folder is used instead when this path is too long for the sockets of a browser
   */
  public record Settings(int slots, Optional<Path> executable, Bounds bounds, Path folder) {

    public Settings {
      if (slots < 1) {
        throw new IllegalArgumentException("browser slots must be at least 1; got " + slots);
      }
    }

    /** The defaults: the browser on the PATH and one slot for each core. */
    public static Settings usual(Path folder) {
      int cores = Runtime.getRuntime().availableProcessors();
      return new Settings(cores, Optional.empty(), Bounds.usual(cores), folder);
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
  public record Bounds(int visits, long bytes, long memory) {

    public static final int VISITS = 500;
    public static final long BYTES = 200_000_000;
    private static final long LEAST_MEMORY = 512L << 20;

    public Bounds {
      if (visits < 1 || bytes < 1 || memory < 1) {
        throw new IllegalArgumentException(
            "visits, bytes and memory must be at least 1; got %d, %d and %d"
                .formatted(visits, bytes, memory));
      }
    }

    /** The defaults: all {@code slots} together may use half of the machine's memory. */
    public static Bounds usual(int slots) {
      long machine =
          ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
      return new Bounds(VISITS, BYTES, Math.max(LEAST_MEMORY, machine / 2 / slots));
    }

    public Bounds withVisits(int other) {
      return new Bounds(other, bytes, memory);
    }

    public Bounds withBytes(long other) {
      return new Bounds(visits, other, memory);
    }

    public Bounds withMemory(long other) {
      return new Bounds(visits, bytes, other);
    }
  }

  private Browsers(Settings settings, Gate gate, Den den) {
    this.settings = settings;
    this.gate = gate;
    this.den = den;
    Launcher launcher = new Launcher(settings, gate);
    for (int i = 0; i < settings.slots(); i++) {
      Slot slot = new Slot(tasks, launcher::launch, gate, settings, den);
      slots.add(slot);
      threads.add(Thread.ofPlatform().daemon().name("headgate-browser-" + i).start(slot));
    }
  }

  /** Starts the slots. The browsers themselves start with the first visits. */
  public static Browsers start(Settings settings, Targets targets) {
    return new Browsers(settings, Gate.open(targets), Den.open(settings.folder()));
  }

  /** What the operator must install or configure before visits are possible; empty when nothing. */
  public List<String> missing() {
    return Chromium.find(settings.executable()).isPresent() ? List.of() : List.of(absent());
  }

  private String absent() {
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
   * @throws BrowserTrouble when the page, the network or the browser fails; with code {@code
   *     timeout} within a second of the time limit
   */
  public <T> T visit(Visit visit, Work<T> work) throws InterruptedException, BrowserTrouble {
    if (!missing().isEmpty()) {
      throw new BrowserTrouble("browser-missing", "no browser is installed on this node", true);
    }
    Task<T> task = new Task<>(visit, work);
    tasks.add(task);
    try {
      requireOpen();
      return await(task);
    } catch (TimeoutException _) {
      throw late(task);
    } catch (InterruptedException e) {
      end(task);
      throw e;
    } catch (ExecutionException e) {
      throw unwrapped(e.getCause());
    }
  }

  private static <T> T await(Task<T> task)
      throws InterruptedException, ExecutionException, TimeoutException, BrowserTrouble {
    while (true) {
      Duration left = task.remaining();
      boolean last = left.compareTo(LOOK) <= 0;
      try {
        return task.await(last ? left : LOOK);
      } catch (TimeoutException e) {
        if (last) {
          throw e;
        }
        requireWithinBounds(task);
      }
    }
  }

  /**
   * A page that uses up the machine's memory would end the server too, and a page whose connections
   * were closed at the byte limit may wait for ever.
   */
  private static void requireWithinBounds(Task<?> task) throws BrowserTrouble {
    Slot slot = task.slot();
    Optional<BrowserTrouble> excess = slot == null ? Optional.empty() : slot.excess(task);
    if (slot != null && excess.isPresent()) {
      slot.kill(task);
      task.endsWithin(END);
      throw excess.get();
    }
  }

  private void requireOpen() throws BrowserTrouble {
    if (!open.get()) {
      throw closed();
    }
  }

  private static BrowserTrouble closed() {
    return new BrowserTrouble("browser-closed", "this node is stopping", true);
  }

  private BrowserTrouble late(Task<?> task) {
    return end(task)
        ? new BrowserTrouble("timeout", "the page did not finish within its time limit", true)
        : BrowserTrouble.busy();
  }

  /**
   * Ends a task within a second: closes its connections, which ends most tasks, and then kills its
   * browser.
   *
   * @return false when the task had not started
   */
  private boolean end(Task<?> task) {
    Slot slot = task.withdraw();
    if (slot == null) {
      tasks.remove(task);
      return task.isDone();
    }
    slot.cut(task);
    if (!task.endsWithin(COURTESY)) {
      slot.kill(task);
      task.endsWithin(END);
    }
    return true;
  }

  private static BrowserTrouble unwrapped(@Nullable Throwable cause) {
    return switch (cause) {
      case BrowserTrouble trouble -> trouble;
      case RuntimeException bug -> throw bug;
      case Error error -> throw error;
      case null, default ->
          new BrowserTrouble("browser-failed", "the processing of the page failed", true, cause);
    };
  }

  /** Ends every visit and all browser processes. */
  @Override
  public void close() {
    if (!open.compareAndSet(true, false)) {
      return;
    }
    slots.forEach(Slot::close);
    slots.forEach(_ -> tasks.add(Task.wakeUp()));
    for (Thread thread : threads) {
      join(thread);
    }
    tasks.forEach(task -> task.failed(closed()));
    gate.close();
    den.close();
  }

  private static void join(Thread thread) {
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
