package io.headgate.cli;

import io.headgate.client.Batch;
import io.headgate.client.HeadgateClient;
import io.headgate.client.Item;
import io.headgate.client.ItemFilter;
import io.headgate.client.PageRequest;
import io.headgate.client.Receipt;
import io.headgate.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Compares what the server reports with what the demo site received. */
final class DemoChecks {

  private record CheckResult(String claim, String found, boolean passed) {}

  private final List<CheckResult> results = new ArrayList<>();

  /**
   * Checks, right after the settlement, that the site has received requests for exactly the items
   * that had started according to the receipt.
   */
  DemoChecks afterTheFence(DemoSite site, Response<Receipt> receipt) {
    Receipt.ReceiptCounts counts = receipt.value().counts();
    long started = counts.total() - counts.stopped() - counts.cancelled();
    long served = site.pagesFetched();
    check(
        "items started according to the receipt / pages the site has served",
        TextFormat.number(started) + " / " + TextFormat.number(served),
        started == served);
    return this;
  }

  DemoChecks sameReceipt(Response<Receipt> first, Response<Receipt> again) {
    boolean same = first.json().equals(again.json());
    check("a second cancel returns the same receipt", same ? "byte for byte" : "different", same);
    return this;
  }

  /**
   * Adds the result of an audit.
   *
   * @param proved what the audit proves when it is clean
   */
  DemoChecks audit(String proved, boolean clean) {
    check(proved, clean ? "clean" : "NOT clean", clean);
    return this;
  }

  /**
   * Checks at the end that every page is done and charged once, and that every page that was
   * fetched more than once was retried.
   */
  DemoChecks atTheEnd(DemoSite site, Batch cancelled, Batch rest, HeadgateClient client) {
    long done = cancelled.counts().succeeded() + rest.counts().succeeded();
    check("pages of the site / items succeeded", pair(site.pages(), done), done == site.pages());
    long served = site.pagesFetched();
    check("pages the site has served", TextFormat.number(served), served == site.pages());
    long charged = cancelled.credits().charged() + rest.credits().charged();
    long due = done * cancelled.credits().perItem();
    check("credits due / charged", pair(due, charged), due == charged);
    checkRepeatedFetches(site, cancelled, rest, client);
    return this;
  }

  boolean allPassed() {
    return results.stream().allMatch(CheckResult::passed);
  }

  @Override
  public String toString() {
    Table table = Table.ofFacts();
    results.forEach(
        result -> table.row(result.passed() ? "yes" : "NO", result.found(), result.claim()));
    return table.toString();
  }

  /** A page may be fetched more than once when its items have as many attempts. */
  private void checkRepeatedFetches(
      DemoSite site, Batch cancelled, Batch rest, HeadgateClient client) {
    int[] fetchedAgain =
        IntStream.range(0, site.pages()).filter(page -> site.fetches(page) > 1).toArray();
    long explained =
        IntStream.of(fetchedAgain)
            .filter(page ->
                attempts(client, cancelled.id(), page) + attempts(client, rest.id(), page)
                    >= site.fetches(page))
            .count();
    String found =
        fetchedAgain.length == 0
            ? "each once"
            : fetchedAgain.length + " more than once, " + explained + " of them because of retries";
    check("how often pages were fetched", found, explained == fetchedAgain.length);
  }

  private static int attempts(HeadgateClient client, String batchId, int page) {
    ItemFilter filter = new ItemFilter(null, DemoSite.ref(page), null);
    return client.items(batchId, filter, PageRequest.FIRST).value().data().stream()
        .map(item -> client.item(batchId, item.ordinal()).value())
        .map(Item::attempts)
        .mapToInt(attempts -> attempts == null ? 0 : attempts.size())
        .sum();
  }

  private void check(String claim, String found, boolean passed) {
    results.add(new CheckResult(claim, found, passed));
  }

  private static String pair(long left, long right) {
    return TextFormat.number(left) + " / " + TextFormat.number(right);
  }
}
