package io.headgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.audit.AuditReport.CheckResult;
import io.headgate.db.TestPostgres;
import io.headgate.view.BatchRowsBuilder;
import io.headgate.view.TestRows;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;

/** Base class: consistent rows that a test tampers with, and the audit that must detect it. */
abstract class AuditCase {

  final TestRows rows = TestRows.in(TestPostgres.database());
  final Audit audit = new Audit(rows.database, TestRows.CLOCK);

  @AfterEach
  void close() {
    rows.close();
  }

  BatchRowsBuilder running() {
    return rows.batch(10)
        .price(2)
        .cursor(6)
        .failedAttempt(0, 1, 1, 2)
        .succeededAttempt(0, 2, 3, 4)
        .failed(1, 1, 3)
        .failedAttempt(2, 1, 1, 3)
        .deferred(2, 2)
        .claimed(4, 3, 4)
        .claimed(5, 5)
        .cancelledBeforeItRan(8, 5)
        .deferred(9, 1)
        .ahead(8, 9);
  }

  BatchRowsBuilder cancelled() {
    return running().succeeded(6, 5, 8).cancelled(7, 5, 9, "interrupted").fenced(6);
  }

  BatchRowsBuilder completed() {
    return rows.batch(2).cursor(2).succeeded(0, 1, 2).succeeded(1, 1, 3);
  }

  BatchRowsBuilder retried() {
    return rows.batch(4).partlyRetried().succeeded(3, 1, 2);
  }

  void tamper(String sql, Object id) {
    rows.tamper(sql.formatted(id));
  }

  void assertFound(UUID id, String checkName, String detail) {
    AuditReport report = audit.all();
    assertThat(report.ok()).isFalse();
    assertThat(check(report, checkName).violations())
        .anySatisfy(violation -> {
          assertThat(violation.batchId()).isEqualTo(id);
          assertThat(violation.detail()).contains(detail);
        });
  }

  static CheckResult check(AuditReport report, String name) {
    return report.checks().stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
