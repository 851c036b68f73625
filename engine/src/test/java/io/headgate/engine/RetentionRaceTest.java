package io.headgate.engine;

import static io.headgate.engine.EngineFixture.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.audit.Audit;
import io.headgate.audit.AuditReport;
import io.headgate.batch.CancelMode;
import io.headgate.batch.Counts;
import io.headgate.batch.Ids;
import io.headgate.db.Partitions;
import io.headgate.db.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The end of a batch's retention against those who still want something of it. */
class RetentionRaceTest {

  private static final int SUCCEEDED = 4;
  private static final int CANCELLED = 6;

  private final EngineFixture fixture = new EngineFixture();
  private final Partitions partitions =
      new Partitions(fixture.database, Partitions.DEFAULT_INTERVAL);
  private final Instant today = Instant.ofEpochMilli(Ids.next().getMostSignificantBits() >>> 16);
  private final UUID old =
      new UUID(today.minus(Duration.ofDays(5)).toEpochMilli() << 16 | 0x7000, Long.MIN_VALUE);

  @BeforeEach
  void a_batch_of_five_days_ago_was_cancelled_half_way() {
    fixture.database.useTransaction(tx -> {
      tx.update("drop table item_all").execute();
      tx.update("drop table result_all").execute();
    });
    partitions.ensure(old);
    partitions.ensure(today);
    fixture.advance(Duration.between(fixture.now(), today.minus(Duration.ofDays(5))));
    fixture.engine.heartbeat(fixture.node);
    fixture.submitAs(old, SUCCEEDED + CANCELLED);
    var running = fixture.claim(SUCCEEDED);
    CancelOrder drain = new CancelOrder(CancelMode.DRAIN, CancelOrder.DEFAULT_GRACE, null);
    fixture.engine.cancel(fixture.caller, old, drain);
    fixture.settle(running, SUCCESS);
    fixture.advance(Duration.ofDays(5));
  }

  @AfterEach
  void the_audit_is_clean() {
    try (fixture) {
      assertThat(new Audit(fixture.database, fixture.clock).all().checks())
          .flatExtracting(AuditReport.CheckResult::violations)
          .isEmpty();
    }
  }

  @Test
  void a_batch_is_not_dropped_under_a_resubmit() {
    var race = Race.run(fixture.database, this::resubmitIn, () -> partitions.drop(today));
    UUID copy = ((ResubmitResult.Resubmitted) race.winner()).batchId();
    assertThat(race.loser()).isPositive();
    assertThat(fixture.batch(copy).counts())
        .isEqualTo(new Counts(CANCELLED, CANCELLED, 0, 0, 0, 0));
    assertThat(fixture.engine.resubmit(fixture.caller, old, false))
        .isEqualTo(new ResubmitResult.ResubmitNoSuchBatch());
  }

  @Test
  void a_resubmit_that_waited_for_the_drop_finds_no_batch() {
    var race =
        Race.run(
            fixture.database,
            this::deleteIn,
            () -> fixture.engine.resubmit(fixture.caller, old, false));
    assertThat(race.winner()).isEqualTo(1);
    assertThat(race.loser()).isEqualTo(new ResubmitResult.ResubmitNoSuchBatch());
  }

  private ResubmitResult resubmitIn(Tx tx) {
    LockedBatches.lock(tx, fixture.caller, old, fixture.now());
    return BatchResubmit.run(tx, fixture.caller, old, false, fixture.now());
  }

  /** The first step of the drop: whatever follows, the batch is gone before its results are. */
  private int deleteIn(Tx tx) {
    return tx.update("delete from batch where id = :id").bind("id", old).execute();
  }
}
