package io.headgate.simulate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The history of one seed.
 *
 * @param requestedSteps the requested number of steps before the final phase
 * @param steps a description of each step; with a breach, the last one violated the law
 * @param breach the violated law; null when every law held
 */
public record SimulationHistory(
    long seed, int requestedSteps, List<String> steps, @Nullable Breach breach) {

  /**
   * A violated law.
   *
   * @param law the statement of the law
   * @param detail the observed violation, with the numbers
   * @param step the number of the step that violated it, from 1
   */
  public record Breach(String law, String detail, int step) {}

  public SimulationHistory {
    steps = List.copyOf(steps);
  }

  /** All steps, the result, and the command that runs the seed again. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("seed ").append(seed).append('\n');
    for (int i = 0; i < steps.size(); i++) {
      text.append("%5d  %s%n".formatted(i + 1, steps.get(i)));
    }
    if (breach == null) {
      return text.append("every law held\n").toString();
    }
    return text.append("law violated in step %d: %s%n".formatted(breach.step(), breach.law()))
        .append("  %s%n".formatted(breach.detail()))
        .append(
            "run it again: ./headgate simulate --seed %d --steps %d%n"
                .formatted(seed, requestedSteps))
        .toString();
  }
}
