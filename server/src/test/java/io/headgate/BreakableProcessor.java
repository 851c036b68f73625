package io.headgate;

import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Runs items that never end until {@code broken} is set; then it breaks the node in one of two
 * ways.
 */
final class BreakableProcessor implements Processor {

  /** How the node breaks. */
  enum Kind {
    /** The exchange loop dies: it asks every processor whether it is ready. */
    LOOP,
    /** An item fills the heap with what it never lets go of. */
    HEAP,
    /** Not at all: items succeed at once. */
    NONE
  }

  private static final List<byte[]> hoard = new ArrayList<>();

  private final Kind kind;
  private final BooleanSupplier broken;

  BreakableProcessor(Kind kind, BooleanSupplier broken) {
    this.kind = kind;
    this.broken = broken;
  }

  @Override
  public String name() {
    return "breakable";
  }

  @Override
  public List<String> missingRequirements() {
    if (kind == Kind.LOOP && broken.getAsBoolean()) {
      throw new StackOverflowError("on purpose");
    }
    return List.of();
  }

  @Override
  public Outcome run(Input input, Attempt attempt) throws InterruptedException {
    while (kind != Kind.NONE) {
      if (new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("this latch is never opened");
      }
      if (kind == Kind.HEAP && broken.getAsBoolean()) {
        fillHeap();
      }
    }
    return new Outcome.Succeeded(input.input());
  }

  private static void fillHeap() {
    for (int bytes = 1 << 20; bytes > 64; bytes /= 2) {
      try {
        while (true) {
          byte[] more = new byte[bytes];
          synchronized (hoard) {
            hoard.add(more);
          }
        }
      } catch (OutOfMemoryError e) {
        // smaller pieces still fit
      }
    }
  }
}
