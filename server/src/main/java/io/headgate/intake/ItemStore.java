package io.headgate.intake;

import io.headgate.db.Tx;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Stores the chunks of one batch in one transaction. */
final class ItemStore {

  private static final String COPY_ITEMS =
      "copy item (batch_id, ordinal, ref, input) from stdin (format binary)";

  /** The limit makes PostgreSQL look up each ref in the index once. */
  private static final String STORED_REFS =
      """
      select given.ref from unnest(?::text[]) as given (ref),
        lateral (select from item where item.batch_id = ? and item.ref = given.ref limit 1) stored
      """;

  private final Tx tx;
  private final UUID batch;
  private final BadLines bad;
  private final Relations relations;
  private final RefSieve sieve = new RefSieve();
  private int total;

  ItemStore(Tx tx, UUID batch, BadLines bad) {
    this.tx = tx;
    this.batch = batch;
    this.bad = bad;
    this.relations = new Relations(tx, batch);
  }

  /** Stores the valid items of a chunk and collects its invalid lines. */
  void add(Chunk chunk) throws SQLException {
    BitSet leftOut = noteBad(chunk);
    // After the batch is refused, items are stored only so that later duplicates of their refs are
    // reported too.
    if (bad.refuse() && !chunk.anyRef()) {
      return;
    }
    int first = total;
    CopyIn copy = tx.connection().unwrap(PGConnection.class).getCopyAPI().copyIn(COPY_ITEMS);
    try {
      total += chunk.copy(copy, batch, first, leftOut);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
    relations.add(chunk, first, leftOut);
  }

  /** Collects the invalid lines of a chunk; returns the rows whose ref is a duplicate. */
  private BitSet noteBad(Chunk chunk) throws SQLException {
    BitSet duplicates = new BitSet();
    if (chunk.anyRef()) {
      Set<String> seen = storedRefs(chunk);
      for (int row = 0; row < chunk.rows(); row++) {
        String ref = chunk.ref(row);
        if (ref != null && !seen.add(ref)) {
          duplicates.set(row);
          chunk.add(new BadLine(chunk.line(row), "ref", "is the ref of an earlier item: " + ref));
        }
      }
      if (chunk.full()) { // only the last chunk is not full
        seen.forEach(sieve::add);
      }
    }
    bad.add(chunk.bad());
    if (chunk.broken()) {
      bad.refuseAll();
    }
    return duplicates;
  }

  /** Returns the refs of this chunk that an earlier chunk has stored. */
  private Set<String> storedRefs(Chunk chunk) throws SQLException {
    List<String> suspects = new ArrayList<>();
    for (int row = 0; row < chunk.rows(); row++) {
      String ref = chunk.ref(row);
      if (ref != null && sieve.maybeHas(ref)) {
        suspects.add(ref);
      }
    }
    return suspects.isEmpty() ? new HashSet<>() : stored(suspects);
  }

  private Set<String> stored(List<String> refs) throws SQLException {
    Set<String> stored = new HashSet<>();
    Array asked = tx.connection().createArrayOf("text", refs.toArray());
    try (PreparedStatement statement = tx.connection().prepareStatement(STORED_REFS)) {
      statement.setArray(1, asked);
      statement.setObject(2, batch);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          stored.add(rows.getString(1));
        }
      }
    }
    return stored;
  }

  /** Stores the relations between items and their parents. Call it after all items are stored. */
  void relate() {
    if (!bad.refuse()) {
      total -= relations.resolve(bad);
    }
  }

  int total() {
    return total;
  }

  boolean related() {
    return relations.any();
  }
}
