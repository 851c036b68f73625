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

  private final EngineFixture house = new EngineFixture();
  private final Partitions partitions = new Partitions(house.database, Partitions.DEFAULT_INTERVAL);
  private final Instant today = Instant.ofEpochMilli(Ids.next().getMostSignificantBits() >>> 16);
  private final UUID old =
      new UUID(today.minus(Duration.ofDays(5)).toEpochMilli() << 16 | 0x7000, Long.MIN_VALUE);

  @BeforeEach
  void a_batch_of_five_days_ago_was_cancelled_half_way() {
    house.database.useTransaction(tx -> {
      tx.update("drop table item_all").execute();
      tx.update("drop table result_all").execute();
    });
    partitions.ensure(old);
    partitions.ensure(today);
    house.pass(Duration.between(house.now(), today.minus(Duration.ofDays(5))));
    house.engine.beat(house.node);
    house.submitAs(old, SUCCEEDED + CANCELLED);
    var running = house.claim(SUCCEEDED);
    CancelOrder drain = new CancelOrder(CancelMode.DRAIN, CancelOrder.DEFAULT_GRACE, null);
    house.engine.cancel(house.caller, old, drain);
    house.settle(running, SUCCESS);
    house.pass(Duration.ofDays(5));
  }

  @AfterEach
  void the_audit_is_clean() {
    try (house) {
      assertThat(new Audit(house.database, house.clock).all().checks())
          .flatExtracting(AuditReport.CheckResult::violations)
          .isEmpty();
    }
  }

  @Test
  void a_batch_is_not_dropped_under_a_resubmit() {
    var race = Race.run(house.database, this::resubmitIn, () -> partitions.drop(today));
    UUID copy = ((ResubmitResult.Submitted) race.winner()).batchId();
    assertThat(race.loser()).isPositive();
    assertThat(house.batch(copy).counts()).isEqualTo(new Counts(CANCELLED, CANCELLED, 0, 0, 0, 0));
    assertThat(house.engine.resubmit(house.caller, old, false))
        .isEqualTo(new ResubmitResult.NoSuchBatch());
  }

  @Test
  void a_resubmit_that_waited_for_the_drop_finds_no_batch() {
    var race =
        Race.run(
            house.database, this::deleteIn, () -> house.engine.resubmit(house.caller, old, false));
    assertThat(race.winner()).isEqualTo(1);
    assertThat(race.loser()).isEqualTo(new ResubmitResult.NoSuchBatch());
  }

  private ResubmitResult resubmitIn(Tx tx) {
    Locked.lock(tx, house.caller, old, house.now());
    return Resubmit.run(tx, house.caller, old, false, house.now());
  }

  /** The first step of the drop: whatever follows, the batch is gone before its results are. */
  private int deleteIn(Tx tx) {
    return tx.update("delete from batch where id = :id").bind("id", old).execute();
  }
}
