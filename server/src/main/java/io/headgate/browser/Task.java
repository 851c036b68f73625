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
final class Task<T> {

  private final Visit visit;
  private final Browsers.Work<T> work;
  private final long deadline;
  private final CompletableFuture<T> end = new CompletableFuture<>();
  private final AtomicReference<State> state = new AtomicReference<>(new State.Waiting());

  private sealed interface State {
    record Waiting() implements State {}

    record Running(Slot slot) implements State {}

    record Withdrawn() implements State {}
  }

  Task(Visit visit, Browsers.Work<T> work) {
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
  boolean begin(Slot slot) {
    State now = state.get();
    return now instanceof State.Waiting && state.compareAndSet(now, new State.Running(slot));
  }

  /** Returns the slot that runs the task; null when it had not started, and never will. */
  @Nullable Slot withdraw() {
    State before =
        state.getAndUpdate(now -> now instanceof State.Waiting ? new State.Withdrawn() : now);
    return before instanceof State.Running running ? running.slot() : null;
  }

  /** The slot that runs or ran the task; null while it waits. */
  @Nullable Slot slot() {
    return state.get() instanceof State.Running running ? running.slot() : null;
  }

  T on(Page page) throws Exception {
    return work.on(page);
  }

  void succeeded(T result) {
    end.complete(result);
  }

  void failed(Throwable reason) {
    end.completeExceptionally(reason);
  }

  /** A withdrawn task, which only wakes a waiting slot. */
  static Task<?> wakeUp() {
    Task<?> none = new Task<Boolean>(Visit.lasting(Duration.ZERO), _ -> true);
    none.withdraw();
    return none;
  }

  boolean isDone() {
    return end.isDone();
  }

  T await(Duration time) throws InterruptedException, ExecutionException, TimeoutException {
    return end.get(Math.max(1, time.toNanos()), TimeUnit.NANOSECONDS);
  }

  /** Waits for the end of the task; an interrupt does not shorten the wait but stays set. */
  boolean endsWithin(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          end.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
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
