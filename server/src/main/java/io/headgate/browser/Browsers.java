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
 * The browsers of this node. Promised: a visit has a page in a context of its own and nothing of
 * the visits before it; all that it loads goes through the target check; it ends within a second of
 * its limit and of an interrupt, whatever the page does; a browser that crashed or hangs is killed
 * and started anew.
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

  /** What is done with a page. Runs on a thread of the browser's; the page is good for no other. */
  public interface Work<T> {
    T on(Page page) throws Exception;
  }

  /**
   * @param slots browsers at most, each with one visit at a time
   * @param executable the browser; empty for the first of the usual names on the PATH
   * @param folder in which profiles and temporary files have a folder of their own; when its path
   *     is too long for a browser, the machine's temporary folder
   */
  public record Settings(int slots, Optional<Path> executable, Bounds bounds, Path folder) {

    public Settings {
      if (slots < 1) {
        throw new IllegalArgumentException("slots must be at least 1");
      }
    }

    /** The browser found on the PATH, and a slot for each core. */
    public static Settings usual(Path folder) {
      int cores = Runtime.getRuntime().availableProcessors();
      return new Settings(cores, Optional.empty(), Bounds.usual(cores), folder);
    }
  }

  /**
   * What one browser may take.
   *
   * @param visits after which it is replaced
   * @param bytes one visit may load and send, as they are on the wire
   * @param memory in bytes, with all its processes: one that holds more after a visit is replaced,
   *     and one that comes to twice that is ended with the visit
   */
  public record Bounds(int visits, long bytes, long memory) {

    public static final int VISITS = 500;
    public static final long BYTES = 200_000_000;
    private static final long LEAST_MEMORY = 512L << 20;

    public Bounds {
      if (visits < 1 || bytes < 1 || memory < 1) {
        throw new IllegalArgumentException("visits, bytes and memory must be at least 1");
      }
    }

    /** Half of the machine's memory for all {@code slots} together. */
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

  /** Starts no browser yet: the first visits do. */
  public static Browsers start(Settings settings, Targets targets) {
    return new Browsers(settings, Gate.open(targets), Den.open(settings.folder()));
  }

  /** What this machine lacks, as words for an operator; empty when visits are possible. */
  public List<String> missing() {
    return Chromium.find(settings.executable()).isPresent() ? List.of() : List.of(absent());
  }

  private String absent() {
    return settings
        .executable()
        .map(path -> "the browser " + path + " (browser_executable) cannot be run")
        .orElse("a browser: install chromium, or name one with browser_executable");
  }

  /**
   * Runs {@code work} on a fresh page and closes it. Waits for a free browser first, in turn.
   *
   * <p>An unchecked exception of the work's comes out as it is; what the browser complains of comes
   * out as trouble.
   *
   * @throws InterruptedException within a second of the interrupt; the page is gone
   * @throws BrowserTrouble for what the page, the way to it or the browser did; its code {@code
   *     timeout} within a second of the limit
   */
  public <T> T visit(Visit visit, Work<T> work) throws InterruptedException, BrowserTrouble {
    if (!missing().isEmpty()) {
      throw new BrowserTrouble("browser-missing", "this node has no browser", true);
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
   * A page that eats up the machine would take the server with it; one whose network was cut for
   * its bytes may wait for ever.
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
      throw new BrowserTrouble("browser-closed", "this node is stopping", true);
    }
  }

  private BrowserTrouble late(Task<?> task) {
    return end(task)
        ? new BrowserTrouble("timeout", "the page took longer than it may", true)
        : BrowserTrouble.busy();
  }

  /**
   * Ends a task in a second at most: first its network goes, which ends most; then its browser.
   *
   * @return false when it had not begun
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
          new BrowserTrouble("browser-failed", "the work on the page failed", true, cause);
    };
  }

  /** Ends every visit and leaves no process behind. */
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
    tasks.forEach(task -> task.failed(new BrowserTrouble("browser-closed", "stopping", true)));
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
