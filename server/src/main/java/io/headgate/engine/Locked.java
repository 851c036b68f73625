package io.headgate.engine;

import io.headgate.db.Tx;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The batches whose rows this transaction has locked, and those among them it has changed. */
final class Locked {

  private final Map<UUID, Ledger> ledgers;
  private final Map<UUID, Ledger> changed = new LinkedHashMap<>();

  private Locked(Map<UUID, Ledger> ledgers) {
    this.ledgers = ledgers;
  }

  /** Locks these batches in the order of their ids; ids that are gone are left out. */
  static Locked lock(Tx tx, Collection<UUID> ids) {
    return new Locked(LedgerStore.lock(tx, ids));
  }

  /** One batch that was locked just now. */
  static Locked of(Ledger ledger) {
    return new Locked(Map.of(ledger.facts.id(), ledger));
  }

  Optional<Ledger> find(UUID id) {
    return Optional.ofNullable(ledgers.get(id));
  }

  /**
   * @throws IllegalStateException for a batch that is not locked
   */
  Ledger get(UUID id) {
    return find(id).orElseThrow(() -> new IllegalStateException("batch " + id + " is not locked"));
  }

  /** The batch, to be changed: {@link #write} will write it. */
  Ledger change(UUID id) {
    return changed.computeIfAbsent(id, this::get);
  }

  Collection<Ledger> all() {
    return ledgers.values();
  }

  Collection<Ledger> changed() {
    return List.copyOf(changed.values());
  }

  /** Writes the changed batches back, each with its next epoch. */
  void write(Tx tx) {
    LedgerStore.write(tx, changed.values());
  }
}
