package io.headgate.processor.render;

import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;

/**
 * Runs layout tasks that do not react to interruption, within a fixed memory budget. Each task runs
 * on a platform thread of its own and holds its part of the budget until it ends, even when nothing
 * waits for it any more.
 */
final class LayoutExecutor {

  private static final long STACK_BYTES = 4_000_000;

  private final Semaphore budget;

  /**
   * @param budget the budget shared by all running tasks
   */
  LayoutExecutor(int budget) {
    this.budget = new Semaphore(budget, true);
  }

  /**
   * Waits until the budget allows the task, then starts it. A task that is cancelled before it
   * starts never runs, and its part of the budget is still released.
   */
  void start(FutureTask<?> task, int cost) throws InterruptedException {
    budget.acquire(cost);
    boolean started = false;
    try {
      Thread.ofPlatform()
          .daemon()
          .name("headgate-render")
          .stackSize(STACK_BYTES)
          .start(() -> run(task, cost));
      started = true;
    } finally {
      if (!started) { // no thread could be created
        budget.release(cost);
      }
    }
  }

  private void run(FutureTask<?> task, int cost) {
    try {
      task.run();
    } finally {
      budget.release(cost);
    }
  }
}
