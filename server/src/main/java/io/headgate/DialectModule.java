package io.headgate;

import io.headgate.dialect.BatchWaiter;
import io.headgate.dialect.Dialect;
import io.headgate.dialect.NativeSubmit;
import io.headgate.dialect.NativeTargets;
import io.headgate.dialect.NativeUsage;
import io.headgate.dialect.NativeVerbs;
import io.headgate.dialect.pictify.Pictify;
import io.headgate.dialect.spidra.Spidra;
import io.headgate.engine.SecretOptions;
import io.headgate.view.Batches;
import io.headgate.view.Items;
import io.headgate.view.UsageReader;
import java.util.List;

/**
 * Builds the native verbs once, and every dialect from what it uses. A new dialect is added here.
 */
final class DialectModule {

  private DialectModule() {}

  /**
   * Builds all dialects.
   *
   * @param waiter wakes requests that wait for the end of a batch
   */
  static List<Dialect> dialects(Rooms rooms, BatchWaiter waiter) {
    NativeVerbs verbs = verbs(rooms, waiter);
    return List.of(spidra(rooms, verbs), pictify(rooms, verbs));
  }

  private static NativeVerbs verbs(Rooms rooms, BatchWaiter waiter) {
    SecretOptions confided = SecretOptions.of(rooms.database());
    return new NativeVerbs(
        new NativeSubmit(
            rooms.intake(), rooms.processors(), rooms.webhooks().endpoints(), confided),
        rooms.engine(),
        confided,
        new Batches(rooms.database(), rooms.clock()),
        new Items(rooms.database(), rooms.clock(), rooms.progress()),
        waiter);
  }

  private static Dialect spidra(Rooms rooms, NativeVerbs verbs) {
    return new Spidra(
        verbs,
        new NativeTargets(rooms.outbound().targetCheck()),
        new NativeUsage(new UsageReader(rooms.database()), rooms.clock()),
        rooms.links(),
        rooms.clock());
  }

  private static Dialect pictify(Rooms rooms, NativeVerbs verbs) {
    return new Pictify(
        verbs,
        rooms.templates(),
        rooms.webhooks().endpoints(),
        rooms.artifacts(),
        rooms.links(),
        rooms.outbound(),
        rooms.clock());
  }
}
