package io.headgate;

import io.headgate.node.FailureReaction;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends this process when its node has failed, so that a supervisor (systemd, Docker, Kubernetes)
 * starts it again. The process first tries to end in good order, which stops an embedded PostgreSQL
 * and browsers. It is halted when that takes longer than {@link #HALT_AFTER}.
 *
 * <p>All of this works without free memory: both threads run from the start, the message is ready,
 * and a reserve is released for the shutdown hooks.
 */
final class ProcessExit implements FailureReaction {

  /**
   * {@code EX_SOFTWARE} of sysexits.h. The exit codes of wrong usage and of a failed start differ.
   */
  static final int NODE_FAILED = 70;

  private static final Duration HALT_AFTER = Duration.ofSeconds(15);
  private static final int RESERVE_BYTES = 4 << 20;
  private static final Logger log = LoggerFactory.getLogger(ProcessExit.class);

  private static final byte[] MESSAGE =
      "headgate: this node cannot go on and ends; a supervisor should start it again\n"
          .getBytes(StandardCharsets.UTF_8);

  private final Thread exit =
      Thread.ofPlatform().name("headgate-exit").daemon().unstarted(this::exit);
  private final Thread halt =
      Thread.ofPlatform().name("headgate-halt").daemon().unstarted(this::halt);
  private final FileOutputStream standardError = new FileOutputStream(FileDescriptor.err);

  @SuppressWarnings("UnusedVariable") // held only to be released
  private volatile byte @Nullable [] reserve = new byte[RESERVE_BYTES];

  private volatile boolean failed;
  private volatile String part = "";
  private volatile @Nullable Throwable cause;

  private ProcessExit() {}

  /** Ready to end this process. */
  static ProcessExit armed() {
    ProcessExit armed = new ProcessExit();
    armed.exit.start();
    armed.halt.start();
    return armed;
  }

  @Override
  public void nodeFailed(String failedPart, @Nullable Throwable problem) {
    part = failedPart;
    cause = problem;
    reserve = null;
    failed = true;
    LockSupport.unpark(halt);
    LockSupport.unpark(exit);
  }

  private void exit() {
    awaitFailure();
    try {
      standardError.write(MESSAGE);
      log.error("this node cannot go on because {} has failed", part, cause);
      System.exit(NODE_FAILED);
    } catch (IOException | Error | RuntimeException e) {
      Runtime.getRuntime().halt(NODE_FAILED);
    }
  }

  private void halt() {
    awaitFailure();
    long end = System.nanoTime() + HALT_AFTER.toNanos();
    for (long left = HALT_AFTER.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
    Runtime.getRuntime().halt(NODE_FAILED);
  }

  private void awaitFailure() {
    while (!failed) {
      LockSupport.park(this);
    }
  }
}
