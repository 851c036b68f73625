package io.headgate.simulate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened under one seed: a line a step, the last one being the step that broke a law.
 *
 * @param asked the steps it was to have before the house was left to itself
 * @param breach the law that was broken; null when all of them held to the end
 */
public record History(long seed, int asked, List<String> steps, @Nullable Breach breach) {

  /**
   * A broken law.
   *
   * @param law its sentence
   * @param detail what was seen, with the numbers
   * @param step the number of the step after which it was seen, from 1
   */
  public record Breach(String law, String detail, int step) {}

  public History {
    steps = List.copyOf(steps);
  }

  /** The whole story with the command that plays it again. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("seed ").append(seed).append('\n');
    for (int i = 0; i < steps.size(); i++) {
      text.append("%5d  %s%n".formatted(i + 1, steps.get(i)));
    }
    if (breach == null) {
      return text.append("every law held\n").toString();
    }
    return text.append("broken after step %d: %s%n".formatted(breach.step(), breach.law()))
        .append("  %s%n".formatted(breach.detail()))
        .append("play it again: ./headgate simulate --seed %d --steps %d%n".formatted(seed, asked))
        .toString();
  }
}
