package io.headgate.simulate;

import io.headgate.simulate.Law.Change;
import io.headgate.simulate.Moment.Account;
import io.headgate.simulate.Sight.Books;
import io.headgate.simulate.Sight.Place;
import io.headgate.simulate.Sight.Receipt;
import java.util.List;
import java.util.stream.Stream;

/** Laws about credits, receipts, epochs and retention. */
final class BookLaws {

  static final List<Law> ALL =
      List.of(
          new Law("the journal agrees with the sums of batches and accounts", BookLaws::journaled),
          Law.ofBatch("the credits of a batch follow from its counts", BookLaws::priced),
          new Law("receipts never change", BookLaws::unchanged),
          Law.ofChange("a receipt has the state at its fence", BookLaws::receipted),
          Law.ofChange("every change of a batch raises its epoch", BookLaws::raised),
          new Law("only finished batches past their retention are dropped", BookLaws::dropped));

  private BookLaws() {}

  private static Stream<String> journaled(Moment before, Moment after) {
    Stream<String> ofBatches = after.batches().values().stream().flatMap(BookLaws::journaled);
    Stream<String> ofAccounts = after.accounts().values().stream().flatMap(BookLaws::journaled);
    return Stream.concat(ofBatches, ofAccounts);
  }

  private static Stream<String> journaled(Sight batch) {
    Books says = batch.row.books();
    Books journal =
        new Books(
            says.perItem(),
            batch.journal.getOrDefault("reserve", 0L),
            batch.journal.getOrDefault("charge", 0L),
            batch.journal.getOrDefault("refund", 0L));
    return Law.unless(
        says.equals(journal),
        () -> "%s has %s, the journal %s".formatted(batch.row.id(), says, journal));
  }

  private static Stream<String> journaled(Account account) {
    boolean covered =
        account.unlimited()
            || account.row().reserved() + account.row().charged() <= account.row().granted();
    return Law.unless(
        covered && account.row().equals(account.journal()),
        () ->
            "account %s has %s, the journal %s"
                .formatted(account.name(), account.row(), account.journal()));
  }

  /**
   * Credits that were not refunded cover the unfinished and succeeded items, and only succeeded
   * items are charged. When the batch has ended, both amounts are exact.
   */
  private static Stream<String> priced(Sight batch) {
    Books books = batch.row.books();
    long succeeded = books.perItem() * batch.count(Place.SUCCEEDED);
    long needed = books.perItem() * batch.count(Place.WAITING, Place.RUNNING) + succeeded;
    long kept = books.reserved() - books.refunded();
    boolean ended = batch.row.finished();
    return Law.unless(
        ended
            ? kept == succeeded && books.charged() == succeeded
            : kept >= needed && books.charged() <= succeeded,
        () ->
            "%s is %s and has %s; %d should be charged and %d reserved"
                .formatted(batch.row.id(), batch.row.state(), books, succeeded, needed));
  }

  private static Stream<String> unchanged(Moment before, Moment after) {
    return before.receipts().entrySet().stream()
        .filter(entry -> !entry.getValue().equals(after.receipts().get(entry.getKey())))
        .map(entry ->
            "the receipt was %s and is %s"
                .formatted(entry.getValue(), after.receipts().get(entry.getKey())));
  }

  private static Stream<String> receipted(Change change) {
    Sight batch = change.after();
    Receipt receipt = batch.receipt;
    if ((receipt == null) == batch.row.fenced()) {
      return Stream.of(
          "%s is %s, its receipt %s".formatted(batch.row.id(), batch.row.state(), receipt));
    }
    Sight before = change.before();
    if (receipt == null || before == null || before.receipt != null) {
      return Stream.empty();
    }
    long refund = batch.row.books().perItem() * before.count(Place.WAITING);
    Receipt wanted =
        new Receipt(
            before.row.epoch() + 1,
            before.row.counters().cursor(),
            before.count(Place.WAITING),
            before.count(Place.RUNNING),
            before.count(Place.SUCCEEDED),
            before.count(Place.FAILED),
            before.count(Place.CANCELLED),
            refund,
            receipt.body());
    long refunded = batch.row.books().refunded() - before.row.books().refunded();
    return Law.unless(
        receipt.equals(wanted) && refunded >= refund && says(wanted),
        () ->
            "the receipt of %s is %s, it should be %s; %d were refunded"
                .formatted(batch.row.id(), receipt, wanted, refunded));
  }

  private static boolean says(Receipt receipt) {
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

  private static Stream<String> raised(Change change) {
    Sight was = change.was();
    Sight is = change.after();
    boolean same =
        was.row.equals(is.row)
            && was.claims.equals(is.claims)
            && was.deferred.equals(is.deferred)
            && was.results.equals(is.results);
    return Law.unless(
        same || is.row.epoch() > was.row.epoch(),
        () -> "%s changed at epoch %d".formatted(is.row.id(), is.row.epoch()));
  }

  private static Stream<String> dropped(Moment before, Moment after) {
    return before.batches().values().stream()
        .filter(was -> after.find(was.row.id()) == null)
        .filter(was -> !was.row.finished() || was.row.bounds().retainUntil().isAfter(after.at()))
        .map(was -> "%s was dropped while %s".formatted(was.row.id(), was.row.state()));
  }
}
