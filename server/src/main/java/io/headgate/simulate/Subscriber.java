package io.headgate.simulate;

import io.headgate.batch.Caller;
import io.headgate.db.Column;
import io.headgate.db.Tx;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Creates, pauses, resumes and deletes webhooks of accounts and of single batches. */
final class Subscriber implements Actor {

  private static final int MOST = 5;

  /** Event kinds of new webhooks. */
  private static final List<List<String>> WISHES =
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

  private static final String MAKE =
      """
      insert into webhook_endpoint (id, account_id, batch_id, url, events, format, signature, state, created_at)
      values (:id, :account, :batch, 'http://simulated/', :events, 'simulated', 'none', 'active', :now)
      """;

  private static final String SWITCH =
      "update webhook_endpoint set state = :state, reason = null, failures = 0 where id = :id";

  private static final String DELETE =
      "update webhook_endpoint set deleted_at = :now where id = :id and batch_id is null";

  @Override
  public String act(World world) {
    if (world.ears.size() < MOST) {
      return make(world);
    }
    UUID id = world.oneOf(world.ears);
    return switch (world.roll(6)) {
      case 0 -> delete(world, id);
      case 1, 2 -> turn(world, id, "paused");
      default -> turn(world, id, "active");
    };
  }

  private static String make(World world) {
    Caller owner = world.oneOf(world.accounts);
    Known batch =
        world.oneIn(4) ? world.batch(sight -> sight.row.account().equals(owner.account())) : null;
    Known only = batch != null && batch.owner().equals(owner) ? batch : null;
    List<String> events = world.oneOf(WISHES);
    UUID id = world.nextEar();
    world.database.useTransaction(tx ->
        make(tx, world, id, new Wish(owner.account(), only == null ? null : only.id(), events)));
    return "%s creates webhook %s of %s for %s"
        .formatted(
            owner.accountName(),
            world.earName(id),
            only == null ? "all batches" : only.name(),
            events);
  }

  private record Wish(UUID account, @Nullable UUID batch, List<String> events) {}

  private static void make(Tx tx, World world, UUID id, Wish wish) {
    tx.update(MAKE)
        .bind("id", id)
        .bind("account", wish.account())
        .bind("batch", wish.batch())
        .bind("events", Column.texts(wish.events().toArray(String[]::new)))
        .bind("now", world.now())
        .execute();
  }

  private static String turn(World world, UUID id, String state) {
    turn(world, List.of(id), state);
    return world.earName(id) + " is now " + state;
  }

  private static void turn(World world, List<UUID> ids, String state) {
    world.database.useTransaction(
        tx -> ids.forEach(id -> tx.update(SWITCH).bind("id", id).bind("state", state).execute()));
  }

  private static String delete(World world, UUID id) {
    world.database.useTransaction(
        tx -> tx.update(DELETE).bind("id", id).bind("now", world.now()).execute());
    return world.earName(id) + " is deleted, unless it belongs to a batch";
  }

  /** Activates all webhooks. */
  static void resumeAll(World world) {
    turn(world, world.ears, "active");
  }
}
