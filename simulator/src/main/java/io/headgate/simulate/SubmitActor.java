package io.headgate.simulate;

import io.headgate.batch.Caller;
import io.headgate.batch.Limits;
import io.headgate.db.ColumnValues;
import io.headgate.db.Tx;
import io.headgate.engine.AdmissionResult;
import io.headgate.engine.NewBatch;
import io.headgate.engine.NewBatch.BatchOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Submits batches with random relations, limits, start times and expiry times. */
final class SubmitActor implements Actor {

  private static final int MAX_ITEMS = 10;

  private static final String COPY_ITEMS =
      """
      insert into item (batch_id, ordinal, ref, input)
      select :id, n, 'ref-' || n, '{}' from generate_series(0, :last) n
      """;

  private static final String RELATE =
      """
      insert into item_relation (batch_id, ordinal, parent)
      select :id, u.child, u.parent from unnest(:children, :parents) as u (child, parent)
      """;

  @Override
  public String act(World world) {
    Caller owner = world.oneIn(3) ? world.accounts.getLast() : world.accounts.getFirst();
    int total = 1 + world.randomBelow(MAX_ITEMS);
    Map<Integer, Integer> parents = world.oneIn(3) ? parents(world, total) : Map.of();
    UUID id = world.nextId();
    world.partitions.ensure(id);
    NewBatch batch =
        new NewBatch(id, owner.account(), order(world), total, 2, !parents.isEmpty(), null);
    AdmissionResult admission =
        world.database.inTransactionIf(
            tx -> {
              store(tx, batch, parents);
              return world.engine.admit(tx, batch);
            },
            AdmissionResult.Admitted.class::isInstance);
    if (!(admission instanceof AdmissionResult.Admitted)) {
      return "%s may not submit %d items: %s".formatted(owner.accountName(), total, admission);
    }
    BatchHandle batchHandle = world.register(id, owner, total);
    return "%s submits %s: %d items, parents %s, %s"
        .formatted(
            owner.accountName(), batchHandle.name(), total, parents, describe(batch.order()));
  }

  private static String describe(BatchOrder order) {
    return "concurrency %s, %d attempts, priority %d, start %s, expiry %s, kept %d s"
        .formatted(
            order.limits().concurrency(),
            order.limits().maxAttempts(),
            order.priority(),
            order.startAt(),
            order.expiresAt(),
            order.retainSeconds());
  }

  private static void store(Tx tx, NewBatch batch, Map<Integer, Integer> parents) {
    tx.update(COPY_ITEMS).bind("id", batch.id()).bind("last", batch.total() - 1).execute();
    if (!parents.isEmpty()) {
      tx.update(RELATE)
          .bind("id", batch.id())
          .bind("children", ints(List.copyOf(parents.keySet())))
          .bind("parents", ints(List.copyOf(parents.values())))
          .execute();
    }
  }

  private static org.jdbi.v3.core.argument.Argument ints(List<Integer> values) {
    return ColumnValues.ints(values.stream().mapToInt(n -> n).toArray());
  }

  /** Chooses one or two parents and some children at random, without grandchildren. */
  private static Map<Integer, Integer> parents(World world, int total) {
    Map<Integer, Integer> parents = new TreeMap<>();
    int first = world.randomBelow(total);
    int second = world.randomBelow(total);
    for (int child = 0; child < total; child++) {
      if (child != first && child != second && world.oneIn(2)) {
        parents.put(child, world.oneIn(2) ? first : second);
      }
    }
    return parents;
  }

  private static BatchOrder order(World world) {
    return new BatchOrder(
        "simulated",
        null,
        JsonMapper.shared().createObjectNode(),
        JsonMapper.shared().createObjectNode(),
        limits(world),
        world.randomBelow(3) - 1,
        world.oneIn(6) ? randomTime(world, 20) : null,
        world.oneIn(6) ? randomTime(world, 60) : null,
        world.pick(List.of(3_600L, 86_400L, 864_000L)));
  }

  private static @Nullable Instant randomTime(World world, int seconds) {
    return world.now().plusSeconds(1 + world.randomBelow(seconds));
  }

  private static Limits limits(World world) {
    Integer concurrency = world.oneIn(3) ? 1 + world.randomBelow(3) : null;
    return new Limits(
        concurrency,
        Duration.ofSeconds(10 + world.randomBelow(50)),
        1 + world.randomBelow(3),
        Duration.ofSeconds(1 + world.randomBelow(4)),
        Duration.ofSeconds(30));
  }
}
