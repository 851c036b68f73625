package io.headgate.simulate;

import io.headgate.simulate.BatchSnapshot.BatchCredits;
import io.headgate.simulate.BatchSnapshot.BatchReceipt;
import io.headgate.simulate.BatchSnapshot.DerivedState;
import io.headgate.simulate.Law.BatchChange;
import io.headgate.simulate.StateSnapshot.AccountSnapshot;
import java.util.List;
import java.util.stream.Stream;

/** Laws about credits, receipts, epochs and retention. */
final class AccountingLaws {

  static final List<Law> ALL =
      List.of(
          new Law(
              "the journal agrees with the sums of batches and accounts",
              AccountingLaws::agreesWithJournal),
          Law.ofBatch(
              "the credits of a batch follow from its counts", AccountingLaws::creditsFollowCounts),
          new Law("receipts never change", AccountingLaws::receiptsUnchanged),
          Law.ofChange("a receipt has the state at its fence", AccountingLaws::receiptMatchesFence),
          Law.ofChange("every change of a batch raises its epoch", AccountingLaws::epochRaised),
          new Law(
              "only finished batches past their retention are dropped",
              AccountingLaws::droppedAfterRetention));

  private AccountingLaws() {}

  private static Stream<String> agreesWithJournal(StateSnapshot before, StateSnapshot after) {
    Stream<String> ofBatches =
        after.batches().values().stream().flatMap(AccountingLaws::agreesWithJournal);
    Stream<String> ofAccounts =
        after.accounts().values().stream().flatMap(AccountingLaws::agreesWithJournal);
    return Stream.concat(ofBatches, ofAccounts);
  }

  private static Stream<String> agreesWithJournal(BatchSnapshot batch) {
    BatchCredits stored = batch.row.credits();
    BatchCredits journal =
        new BatchCredits(
            stored.perItem(),
            batch.journal.getOrDefault("reserve", 0L),
            batch.journal.getOrDefault("charge", 0L),
            batch.journal.getOrDefault("refund", 0L));
    return Law.unless(
        stored.equals(journal),
        () -> "%s has %s, the journal %s".formatted(batch.row.id(), stored, journal));
  }

  private static Stream<String> agreesWithJournal(AccountSnapshot account) {
    boolean covered =
        account.unlimited()
            || account.sums().reserved() + account.sums().charged() <= account.sums().granted();
    return Law.unless(
        covered && account.sums().equals(account.journalSums()),
        () ->
            "account %s has %s, the journal %s"
                .formatted(account.name(), account.sums(), account.journalSums()));
  }

  /**
   * Credits that were not refunded cover the unfinished and succeeded items, and only succeeded
   * items are charged. When the batch has ended, both amounts are exact.
   */
  private static Stream<String> creditsFollowCounts(BatchSnapshot batch) {
    BatchCredits credits = batch.row.credits();
    long succeeded = credits.perItem() * batch.count(DerivedState.SUCCEEDED);
    long needed =
        credits.perItem() * batch.count(DerivedState.PENDING, DerivedState.RUNNING) + succeeded;
    long reserved = credits.reserved() - credits.refunded();
    boolean ended = batch.row.isFinished();
    return Law.unless(
        ended
            ? reserved == succeeded && credits.charged() == succeeded
            : reserved >= needed && credits.charged() <= succeeded,
        () ->
            "%s is %s and has %s; %d should be charged and %d reserved"
                .formatted(batch.row.id(), batch.row.state(), credits, succeeded, needed));
  }

  private static Stream<String> receiptsUnchanged(StateSnapshot before, StateSnapshot after) {
    return before.receipts().entrySet().stream()
        .filter(entry -> !entry.getValue().equals(after.receipts().get(entry.getKey())))
        .map(entry ->
            "the receipt was %s and is %s"
                .formatted(entry.getValue(), after.receipts().get(entry.getKey())));
  }

  private static Stream<String> receiptMatchesFence(BatchChange change) {
    BatchSnapshot batch = change.after();
    BatchReceipt receipt = batch.receipt;
    if ((receipt == null) == batch.row.isFenced()) {
      return Stream.of(
          "%s is %s, its receipt %s".formatted(batch.row.id(), batch.row.state(), receipt));
    }
    BatchSnapshot before = change.before();
    if (receipt == null || before == null || before.receipt != null) {
      return Stream.empty();
    }
    long refund = batch.row.credits().perItem() * before.count(DerivedState.PENDING);
    BatchReceipt expected =
        new BatchReceipt(
            before.row.epoch() + 1,
            before.row.counters().cursor(),
            before.count(DerivedState.PENDING),
            before.count(DerivedState.RUNNING),
            before.count(DerivedState.SUCCEEDED),
            before.count(DerivedState.FAILED),
            before.count(DerivedState.CANCELLED),
            refund,
            receipt.body());
    long refunded = batch.row.credits().refunded() - before.row.credits().refunded();
    return Law.unless(
        receipt.equals(expected) && refunded >= refund && bodyHas(expected),
        () ->
            "the receipt of %s is %s, it should be %s; %d were refunded"
                .formatted(batch.row.id(), receipt, expected, refunded));
  }

  private static boolean bodyHas(BatchReceipt receipt) {
    return Stream.of(
            "\"epoch\":" + receipt.epoch() + ",",
            "\"stopped\":" + receipt.stopped() + ",",
            "\"running\":" + receipt.running() + ",",
            "\"succeeded\":" + receipt.succeeded() + ",",
            "\"failed\":" + receipt.failed() + ",",
            "\"cancelled\":" + receipt.cancelled() + "}",
            "\"refunded\":" + receipt.refunded() + ",")
        .allMatch(receipt.body()::contains);
  }

  private static Stream<String> epochRaised(BatchChange change) {
    BatchSnapshot earlier = change.earlier();
    BatchSnapshot later = change.after();
    boolean same =
        earlier.row.equals(later.row)
            && earlier.claims.equals(later.claims)
            && earlier.deferred.equals(later.deferred)
            && earlier.results.equals(later.results);
    return Law.unless(
        same || later.row.epoch() > earlier.row.epoch(),
        () -> "%s changed at epoch %d".formatted(later.row.id(), later.row.epoch()));
  }

  private static Stream<String> droppedAfterRetention(StateSnapshot before, StateSnapshot after) {
    return before.batches().values().stream()
        .filter(earlier -> after.find(earlier.row.id()) == null)
        .filter(earlier ->
            !earlier.row.isFinished() || earlier.row.limits().retainUntil().isAfter(after.at()))
        .map(earlier -> "%s was dropped while %s".formatted(earlier.row.id(), earlier.row.state()));
  }
}
