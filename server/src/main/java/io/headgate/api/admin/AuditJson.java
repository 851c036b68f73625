package io.headgate.api.admin;

import io.headgate.audit.AuditReport;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An audit report as JSON of the native API. */
record AuditJson(boolean ok, int batches, long items, List<AuditCheckJson> checks) {

  /**
   * @param found number of violations; {@code violations} may list only some of them
   */
  record AuditCheckJson(String name, boolean ok, long found, List<ViolationJson> violations) {}

  record ViolationJson(@Nullable UUID batchId, String detail) {}

  static AuditJson of(AuditReport report) {
    return new AuditJson(
        report.ok(),
        report.batches(),
        report.items(),
        report.checks().stream().map(AuditJson::check).toList());
  }

  private static AuditCheckJson check(AuditReport.CheckResult check) {
    return new AuditCheckJson(
        check.name(),
        check.ok(),
        check.found(),
        check.violations().stream().map(v -> new ViolationJson(v.batchId(), v.detail())).toList());
  }
}
