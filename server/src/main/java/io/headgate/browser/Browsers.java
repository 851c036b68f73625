package io.headgate.browser;

import com.microsoft.playwright.Page;
import io.headgate.outbound.Targets;
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
  private static final long JOIN_MILLIS = 5_000;

  private final Settings settings;
  private final Gate gate;
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
   * @param visitsPerBrowser after which it is replaced
   * @param maxBytes one visit may load and send, as they are on the wire
   * @param folder for profiles and temporary files, emptied at the start; when its path is too long
   *     for a browser, the machine's temporary folder
   */
  public record Settings(
      int slots, Optional<Path> executable, int visitsPerBrowser, long maxBytes, Path folder) {

    public static final int VISITS = 500;
    public static final long BYTES = 200_000_000;

    public Settings {
      if (slots < 1 || visitsPerBrowser < 1 || maxBytes < 1) {
        throw new IllegalArgumentException("slots, visits and bytes must be at least 1");
      }
    }

    /** The browser found on the PATH, and a slot for each core. */
    public static Settings usual(Path folder) {
      int cores = Runtime.getRuntime().availableProcessors();
      return new Settings(cores, Optional.empty(), VISITS, BYTES, folder);
    }
  }

  private Browsers(Settings settings, Gate gate, Path scratch) {
    this.settings = settings;
    this.gate = gate;
    Launcher launcher = new Launcher(settings, gate);
    for (int i = 0; i < settings.slots(); i++) {
      Slot slot = new Slot(tasks, launcher, gate, settings, scratch);
      slots.add(slot);
      threads.add(Thread.ofPlatform().daemon().name("headgate-browser-" + i).start(slot));
    }
  }

  /** Starts no browser yet: the first visits do. */
  public static Browsers start(Settings settings, Targets targets) {
    return new Browsers(settings, Gate.open(targets), Scratch.enter(settings.folder()));
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
      return task.await(visit.limit());
    } catch (TimeoutException _) {
      throw late(task);
    } catch (InterruptedException e) {
      end(task);
      throw e;
    } catch (ExecutionException e) {
      throw unwrapped(e.getCause());
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
        : new BrowserTrouble("browser-busy", "no browser was free before the deadline", true);
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
          new BrowserTrouble(
              "browser-failed", "the work on the page failed: " + cause, true, cause);
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
    Scratch.leave();
  }

  private static void join(Thread thread) {
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
