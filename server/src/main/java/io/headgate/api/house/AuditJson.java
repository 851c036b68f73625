package io.headgate.api.house;

import io.headgate.audit.AuditReport;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An audit report as JSON of the native API. */
record AuditJson(boolean ok, int batches, long items, List<Check> checks) {

  /**
   * @param found number of violations; {@code violations} may list only some of them
   */
  record Check(String name, boolean ok, long found, List<Violation> violations) {}

  record Violation(@Nullable UUID batchId, String detail) {}

  static AuditJson of(AuditReport report) {
    return new AuditJson(
        report.ok(),
        report.batches(),
        report.items(),
        report.checks().stream().map(AuditJson::check).toList());
  }

  private static Check check(AuditReport.CheckResult check) {
    return new Check(
        check.name(),
        check.ok(),
        check.found(),
        check.violations().stream().map(v -> new Violation(v.batchId(), v.detail())).toList());
  }
}
