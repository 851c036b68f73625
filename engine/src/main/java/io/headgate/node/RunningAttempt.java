package io.headgate.node;

import io.headgate.artifact.ArtifactRefusedException;
import io.headgate.artifact.Artifacts;
import io.headgate.batch.AttemptResult;
import io.headgate.db.FailureLog;
import io.headgate.engine.AttemptReport;
import io.headgate.processor.ArtifactNotStoredException;
import io.headgate.processor.Attempt;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at one item, on a virtual thread. It reports exactly one result: that of its thread,
 * or, when the thread does not stop after an interrupt, the one that {@link AttemptSupervisor}
 * reports instead.
 */
final class RunningAttempt implements Attempt, Runnable {

  /** Why an attempt is to stop. */
  enum StopReason {
    TIMEOUT,
    CANCEL,
    SHUTDOWN
  }

  private static final Logger log = LoggerFactory.getLogger(RunningAttempt.class);
  private static final int LONGEST_MESSAGE = 1_000;

  private static final String CRASH = "processor-crash";

  /** Made while there is memory. */
  private static final AttemptResult OUT_OF_MEMORY =
      passing("out-of-memory", "the node ran out of memory while it ran the item");

  private static final AttemptResult CRASHED = passing(CRASH, "the processor crashed");

  final LoadedItem work;
  private final Processor processor;
  private final InstantSource clock;
  private final AttemptFiles files;
  private final AttemptListener listener;
  private final FailureLog failureLog;
  private final AtomicBoolean reported = new AtomicBoolean();
  private final Instant deadline;
  private volatile @Nullable Thread thread;
  private volatile @Nullable StopReason stopReason;
  private volatile @Nullable Instant abandonAt;
  private volatile Node.@Nullable ItemProgress progress;
  private @Nullable Path scratchFolder;

  RunningAttempt(
      LoadedItem work,
      Processor processor,
      InstantSource clock,
      AttemptFiles files,
      AttemptListener listener,
      FailureLog failureLog) {
    this.work = work;
    this.processor = processor;
    this.clock = clock;
    this.files = files;
    this.listener = listener;
    this.failureLog = failureLog;
    this.deadline = clock.instant().plus(work.batch().timeout());
  }

  /**
   * Runs the attempt and always reports its end. Each step below may itself fail for lack of memory
   * or stack, so each has a fallback that needs neither.
   */
  @Override
  public void run() {
    thread = Thread.currentThread();
    AttemptResult result = attempt();
    synchronized (this) {
      thread = null;
    }
    boolean removed = removeFolder();
    report(result);
    if (!removed) {
      removeFolder();
    }
  }

  private AttemptResult attempt() {
    try {
      return ended();
    } catch (Throwable e) { // while it described what went wrong
      return e instanceof OutOfMemoryError ? OUT_OF_MEMORY : CRASHED;
    }
  }

  private AttemptResult ended() {
    try {
      // The stop may have come before the thread started.
      return stopReason != null ? stopped() : toResult(processor.run(work.input(), this));
    } catch (InterruptedException e) {
      return stopped();
    } catch (Exception e) {
      return stopReason != null ? stopped() : failed(e);
    } catch (OutOfMemoryError e) {
      logFailure(e);
      return OUT_OF_MEMORY;
    } catch (Error e) {
      logFailure(e);
      return passing(CRASH, "the processor crashed (" + e.getClass().getSimpleName() + ")");
    }
  }

  /** False when that failed in a way that may pass. */
  private boolean removeFolder() {
    try {
      files.scratch().remove(scratchFolder);
      return true;
    } catch (Throwable e) {
      return false;
    }
  }

  private AttemptResult toResult(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Succeeded succeeded -> StorableOutputs.toEnding(succeeded);
      case Outcome.Failed failed ->
          stopReason != null
              ? stopped()
              : new AttemptResult.AttemptFailed(
                  failed.code(),
                  StorableOutputs.withoutNul(failed.message()),
                  failed.retryable(),
                  failed.retryAfter());
      case Outcome.ResourceBusy busy ->
          stopReason != null
              ? stopped()
              : new AttemptResult.NotStarted(busy.code(), busy.message());
    };
  }

  private AttemptResult stopped() {
    StopReason reason = stopReason;
    if (reason == null) {
      return passing("processor-error", "the processor interrupted itself");
    }
    return switch (reason) {
      case TIMEOUT -> timedOut();
      case CANCEL -> new AttemptResult.Interrupted();
      case SHUTDOWN -> new AttemptResult.HandedBack();
    };
  }

  private AttemptResult timedOut() {
    return passing(
        "timeout",
        "the attempt took longer than " + work.batch().timeout().toMillis() / 1000.0 + " s");
  }

  /**
   * The message of an exception is for operators: it may name paths of this server, hosts behind it
   * or contents of its database. Clients get a description without it.
   */
  private AttemptResult failed(Exception problem) {
    logFailure(problem);
    return switch (problem) {
      case ArtifactNotStoredException refused -> passing("artifact-not-kept", refused.message());
      case IOException _, UncheckedIOException _ ->
          passing("processor-error", "the server could not read or write what the item needs");
      default ->
          passing(
              "processor-error",
              "the processor failed with an internal error ("
                  + problem.getClass().getSimpleName()
                  + ")");
    };
  }

  private void logFailure(Throwable problem) {
    failureLog.warn(
        "processor " + processor.name(),
        "item " + work.claim().ordinal() + " of " + work.batch().id(),
        problem);
  }

  private static AttemptResult passing(String code, String message) {
    return new AttemptResult.AttemptFailed(
        code, StorableOutputs.withoutNul(message), true, Optional.empty());
  }

  private void report(AttemptResult result) {
    if (reported.compareAndSet(false, true)) {
      try {
        listener.finished(
            this,
            new AttemptReport(
                work.claim().token(),
                work.claim().batchId(),
                work.claim().ordinal(),
                result,
                clock.instant()));
      } catch (Throwable e) {
        listener.lost(this);
        throw e;
      }
    }
  }

  /** Interrupts the attempt; at {@code abandonAt} it is abandoned. */
  void stop(StopReason reason, Instant abandonAt) {
    if (stopReason == null) {
      stopReason = reason;
      this.abandonAt = abandonAt;
      synchronized (this) {
        Thread running = thread;
        if (running != null) {
          running.interrupt();
        }
      }
    }
  }

  /** Stops the attempt at its deadline, and abandons it when it does not stop. */
  void checkDeadline(Instant now, Duration stopWithin) {
    if (stopReason == null && !now.isBefore(deadline)) {
      stop(StopReason.TIMEOUT, now.plus(stopWithin));
    }
    Instant due = abandonAt;
    if (due != null && !now.isBefore(due)) {
      log.warn(
          "item {} of {} ignores its interrupt and is abandoned",
          work.claim().ordinal(),
          work.batch().id());
      report(stopReason == StopReason.CANCEL ? new AttemptResult.Abandoned() : stopped());
    }
  }

  boolean isStopping() {
    return stopReason != null;
  }

  Node.@Nullable ItemProgress latestProgress() {
    return progress;
  }

  @Override
  public int number() {
    return work.claim().attempt();
  }

  @Override
  public Duration remaining() {
    Duration left = Duration.between(clock.instant(), deadline);
    return left.isNegative() ? Duration.ZERO : left;
  }

  @Override
  public void reportProgress(double ratio, String message) {
    String shown = StorableOutputs.withoutNul(message);
    progress =
        new Node.ItemProgress(
            Math.clamp(ratio, 0.0, 1.0),
            shown.substring(0, Math.min(shown.length(), LONGEST_MESSAGE)));
  }

  @Override
  public Path scratchFolder() throws IOException {
    Path made = scratchFolder;
    if (made == null) {
      made = java.nio.file.Files.createTempDirectory(files.scratch().root(), "attempt-");
      scratchFolder = made;
    }
    return made;
  }

  @Override
  public void storeArtifact(String name, String mediaType, Path file) throws IOException {
    Artifacts.ArtifactOwner holder =
        new Artifacts.ArtifactOwner(
            work.claim().token(), work.claim().batchId(), work.claim().ordinal());
    try {
      files.artifacts().put(holder, name, mediaType, file);
    } catch (ArtifactRefusedException e) {
      throw new ArtifactNotStoredException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new ArtifactNotStoredException("the artifact store did not accept " + name, e);
    }
  }
}
