package io.headgate.audit;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The result of an audit.
 *
 * @param batches the number of batches checked
 * @param items the number of their items
 * @param checks the results of all checks, in a fixed order
 */
public record AuditReport(int batches, long items, List<CheckResult> checks) {

  public AuditReport {
    checks = List.copyOf(checks);
  }

  /** True when no check found a violation. */
  public boolean ok() {
    return checks.stream().allMatch(CheckResult::ok);
  }

  /**
   * The result of one check.
   *
   * @param name the name in the API, for instance {@code conservation}
   * @param found the number of violations
   * @param violations the first {@link Audit#MAX_VIOLATIONS} of them
   */
  public record CheckResult(String name, long found, List<AuditViolation> violations) {

    public CheckResult {
      violations = List.copyOf(violations);
    }

    /** True when the check found no violation. */
    public boolean ok() {
      return found == 0;
    }
  }

  /**
   * One violation.
   *
   * @param batchId null when an account is wrong; {@code detail} then names it
   * @param detail what is wrong, with the numbers
   */
  public record AuditViolation(@Nullable UUID batchId, String detail) {}
}
