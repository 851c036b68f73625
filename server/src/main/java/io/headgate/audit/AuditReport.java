package io.headgate.audit;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an audit found.
 *
 * @param batches looked at
 * @param items in them
 */
public record AuditReport(int batches, long items, List<Check> checks) {

  public AuditReport {
    checks = List.copyOf(checks);
  }

  public boolean ok() {
    return checks.stream().allMatch(Check::ok);
  }

  /**
   * One law and where it is broken.
   *
   * @param found how often
   * @param violations the first {@link Audit#MAX_VIOLATIONS} of them
   */
  public record Check(String name, long found, List<Violation> violations) {

    public Check {
      violations = List.copyOf(violations);
    }

    public boolean ok() {
      return found == 0;
    }
  }

  /**
   * One breach.
   *
   * @param batchId null when an account is to blame, which {@code detail} names then
   * @param detail one sentence with the numbers
   */
  public record Violation(@Nullable UUID batchId, String detail) {}
}
