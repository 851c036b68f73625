package io.headgate.simulate;

import io.headgate.batch.Caller;
import io.headgate.db.ColumnValues;
import io.headgate.db.Tx;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Creates, pauses, resumes and deletes webhooks of accounts and of single batches. */
final class SubscriptionActor implements Actor {

  private static final int MAX_SUBSCRIPTIONS = 5;

  /** Event kinds of new webhooks. */
  private static final List<List<String>> EVENT_KINDS =
      List.of(
          List.of(
              "batch.started",
              "batch.progress",
              "batch.completed",
              "batch.cancelled",
              "batch.settled",
              "item.failed"),
          List.of("batch.completed", "batch.settled"),
          List.of("batch.cancelled", "batch.settled", "item.failed"));

  private static final String INSERT =
      """
      insert into webhook_endpoint (id, account_id, batch_id, url, events, format, signature, state, created_at)
      values (:id, :account, :batch, 'http://simulated/', :events, 'simulated', 'none', 'active', :now)
      """;

  private static final String SET_STATE =
      """
      update webhook_endpoint set state = :state, reason = null, consecutive_failures = 0
      where id = :id
      """;

  private static final String DELETE =
      "update webhook_endpoint set deleted_at = :now where id = :id and batch_id is null";

  @Override
  public String act(World world) {
    if (world.subscriptions.size() < MAX_SUBSCRIPTIONS) {
      return create(world);
    }
    UUID id = world.pick(world.subscriptions);
    return switch (world.randomBelow(6)) {
      case 0 -> delete(world, id);
      case 1, 2 -> setState(world, id, "paused");
      default -> setState(world, id, "active");
    };
  }

  private static String create(World world) {
    Caller owner = world.pick(world.accounts);
    BatchHandle batch =
        world.oneIn(4)
            ? world.batch(snapshot -> snapshot.row.account().equals(owner.account()))
            : null;
    BatchHandle only = batch != null && batch.owner().equals(owner) ? batch : null;
    List<String> events = world.pick(EVENT_KINDS);
    UUID id = world.nextSubscription();
    world.database.useTransaction(tx ->
        create(
            tx,
            world,
            id,
            new SubscriptionFields(owner.account(), only == null ? null : only.id(), events)));
    return "%s creates webhook %s of %s for %s"
        .formatted(
            owner.accountName(),
            world.subscriptionName(id),
            only == null ? "all batches" : only.name(),
            events);
  }

  private record SubscriptionFields(UUID account, @Nullable UUID batch, List<String> events) {}

  private static void create(Tx tx, World world, UUID id, SubscriptionFields subscription) {
    tx.update(INSERT)
        .bind("id", id)
        .bind("account", subscription.account())
        .bind("batch", subscription.batch())
        .bind("events", ColumnValues.texts(subscription.events().toArray(String[]::new)))
        .bind("now", world.now())
        .execute();
  }

  private static String setState(World world, UUID id, String state) {
    setState(world, List.of(id), state);
    return world.subscriptionName(id) + " is now " + state;
  }

  private static void setState(World world, List<UUID> ids, String state) {
    world.database.useTransaction(tx ->
        ids.forEach(id -> tx.update(SET_STATE).bind("id", id).bind("state", state).execute()));
  }

  private static String delete(World world, UUID id) {
    world.database.useTransaction(
        tx -> tx.update(DELETE).bind("id", id).bind("now", world.now()).execute());
    return world.subscriptionName(id) + " is deleted, unless it belongs to a batch";
  }

  /** Activates all webhooks. */
  static void resumeAll(World world) {
    setState(world, world.subscriptions, "active");
  }
}
