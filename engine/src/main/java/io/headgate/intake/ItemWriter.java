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
final class ItemWriter {

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
  private final InvalidLines invalidLines;
  private final ParentRelations relations;
  private final RefBloomFilter writtenRefs = new RefBloomFilter();
  private int total;

  ItemWriter(Tx tx, UUID batch, InvalidLines invalidLines) {
    this.tx = tx;
    this.batch = batch;
    this.invalidLines = invalidLines;
    this.relations = new ParentRelations(tx, batch);
  }

  /** Stores the valid items of a chunk and collects its invalid lines. */
  void add(ItemChunk chunk) throws SQLException {
    BitSet duplicates = collectInvalid(chunk);
    // After the batch is refused, items are stored only so that later duplicates of their refs are
    // reported too.
    if (invalidLines.isBatchRefused() && !chunk.hasRefs()) {
      return;
    }
    int first = total;
    CopyIn copy = tx.connection().unwrap(PGConnection.class).getCopyAPI().copyIn(COPY_ITEMS);
    try {
      total += chunk.copy(copy, batch, first, duplicates);
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
    relations.add(chunk, first, duplicates);
  }

  /** Collects the invalid lines of a chunk; returns the rows whose ref is a duplicate. */
  private BitSet collectInvalid(ItemChunk chunk) throws SQLException {
    BitSet duplicates = new BitSet();
    if (chunk.hasRefs()) {
      Set<String> known = refsStoredBefore(chunk);
      for (int row = 0; row < chunk.rows(); row++) {
        String ref = chunk.ref(row);
        if (ref != null && !known.add(ref)) {
          duplicates.set(row);
          chunk.add(
              new InvalidLine(chunk.line(row), "ref", "is the ref of an earlier item: " + ref));
        }
      }
      if (chunk.isFull()) { // only the last chunk is not full
        known.forEach(writtenRefs::add);
      }
    }
    invalidLines.add(chunk.invalidLines());
    if (chunk.isBroken()) {
      invalidLines.refuseBatch();
    }
    return duplicates;
  }

  /** Returns the refs of this chunk that an earlier chunk has stored. */
  private Set<String> refsStoredBefore(ItemChunk chunk) throws SQLException {
    List<String> possiblyStored = new ArrayList<>();
    for (int row = 0; row < chunk.rows(); row++) {
      String ref = chunk.ref(row);
      if (ref != null && writtenRefs.mightContain(ref)) {
        possiblyStored.add(ref);
      }
    }
    return possiblyStored.isEmpty() ? new HashSet<>() : findStored(possiblyStored);
  }

  private Set<String> findStored(List<String> refs) throws SQLException {
    Set<String> stored = new HashSet<>();
    Array refArray = tx.connection().createArrayOf("text", refs.toArray());
    try (PreparedStatement statement = tx.connection().prepareStatement(STORED_REFS)) {
      statement.setArray(1, refArray);
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
  void storeRelations() {
    if (!invalidLines.isBatchRefused()) {
      total -= relations.resolve(invalidLines);
    }
  }

  int total() {
    return total;
  }

  boolean hasRelations() {
    return relations.hasAny();
  }
}
