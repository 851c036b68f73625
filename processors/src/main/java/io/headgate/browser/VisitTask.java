package io.headgate.browser;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A visit in the queue or in a slot, and its result for the thread that waits for it. */
final class VisitTask<T> {

  private final Visit visit;
  private final Browsers.PageWork<T> work;
  private final long deadline;
  private final CompletableFuture<T> outcome = new CompletableFuture<>();
  private final AtomicReference<TaskState> state = new AtomicReference<>(new TaskState.Waiting());

  private sealed interface TaskState {
    record Waiting() implements TaskState {}

    record Running(BrowserSlot slot) implements TaskState {}

    record Withdrawn() implements TaskState {}
  }

  VisitTask(Visit visit, Browsers.PageWork<T> work) {
    this.visit = visit;
    this.work = work;
    this.deadline = System.nanoTime() + visit.limit().toNanos();
  }

  Visit visit() {
    return visit;
  }

  Duration remaining() {
    return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  /** Assigns the task to a slot. Returns false when it was withdrawn. */
  boolean start(BrowserSlot slot) {
    TaskState now = state.get();
    return now instanceof TaskState.Waiting
        && state.compareAndSet(now, new TaskState.Running(slot));
  }

  /** Returns the slot that runs the task; null when it had not started, and never will. */
  @Nullable BrowserSlot withdraw() {
    TaskState before =
        state.getAndUpdate(
            now -> now instanceof TaskState.Waiting ? new TaskState.Withdrawn() : now);
    return before instanceof TaskState.Running running ? running.slot() : null;
  }

  /** The slot that runs or ran the task; null while it waits. */
  @Nullable BrowserSlot slot() {
    return state.get() instanceof TaskState.Running running ? running.slot() : null;
  }

  T run(Page page) throws Exception {
    return work.apply(page);
  }

  void succeeded(T result) {
    outcome.complete(result);
  }

  void failed(Throwable reason) {
    outcome.completeExceptionally(reason);
  }

  /** A withdrawn task, which only wakes a waiting slot. */
  static VisitTask<?> wakeUp() {
    VisitTask<?> none = new VisitTask<Boolean>(Visit.lasting(Duration.ZERO), _ -> true);
    none.withdraw();
    return none;
  }

  boolean isDone() {
    return outcome.isDone();
  }

  T await(Duration time) throws InterruptedException, ExecutionException, TimeoutException {
    return outcome.get(Math.max(1, time.toNanos()), TimeUnit.NANOSECONDS);
  }

  /** Waits for the end of the task; an interrupt does not shorten the wait but stays set. */
  boolean endsWithin(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          outcome.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
          return true;
        } catch (InterruptedException _) {
          interrupted = true;
        } catch (ExecutionException _) {
          return true;
        } catch (TimeoutException _) {
          return false;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
