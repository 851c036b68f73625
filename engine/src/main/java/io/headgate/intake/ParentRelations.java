package io.headgate.intake;

import io.headgate.db.Tx;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;

/**
 * Stores which items are children of which. A child names its parent by ref, and the parent may
 * come later, so the refs are kept in a temporary table until all items are stored.
 */
final class ParentRelations {

  private static final String CREATE_CHILD_TABLE =
      """
      create temp table submitted_child (ordinal integer, parent text, line bigint) on commit drop
      """;

  private static final String ADD_CHILDREN =
      """
      insert into submitted_child (ordinal, parent, line)
      select * from unnest(:ordinals::integer[], :parents::text[], :lines::bigint[])
      """;

  private static final String FIND_INVALID_CHILDREN =
      """
      create temp table invalid_child on commit drop as
      select child.ordinal, child.line, child.parent, parent.ordinal is null as unknown
      from submitted_child child
        left join item parent on parent.batch_id = :batch and parent.ref = child.parent
      where parent.ordinal is null
        or parent.ordinal in (select ordinal from submitted_child)
      """;

  private static final String FIRST_INVALID_CHILDREN =
      "select line, parent, unknown from invalid_child order by line limit :limit";

  private static final String COUNT_INVALID_CHILDREN = "select count(*) from invalid_child";

  private static final String RENUMBER_WITHOUT_INVALID_CHILDREN =
      """
      create temp table kept_item on commit drop as
      select ordinal as was, (row_number() over (order by ordinal) - 1)::integer as ordinal,
        ref, input
      from item
      where batch_id = :batch and ordinal not in (select ordinal from invalid_child)
      """;

  private static final String DELETE_ITEMS = "delete from item where batch_id = :batch";

  private static final String INSERT_RENUMBERED_ITEMS =
      """
      insert into item (batch_id, ordinal, ref, input)
      select :batch, ordinal, ref, input from kept_item
      """;

  private static final String INSERT_RELATIONS =
      """
      insert into item_relation (batch_id, ordinal, parent)
      select :batch, child.ordinal, parent.ordinal
      from submitted_child child
        join item parent on parent.batch_id = :batch and parent.ref = child.parent
      """;

  private static final String DELETE_INVALID_CHILDREN =
      "delete from submitted_child where ordinal in (select ordinal from invalid_child)";

  private static final String RENUMBER_CHILDREN =
      """
      update submitted_child set ordinal = kept_item.ordinal
      from kept_item where kept_item.was = submitted_child.ordinal
      """;

  private final Tx tx;
  private final UUID batch;
  private boolean tableCreated;
  private boolean hasAny;

  ParentRelations(Tx tx, UUID batch) {
    this.tx = tx;
    this.batch = batch;
  }

  /** Adds the children of a chunk whose first stored row has the ordinal {@code first}. */
  void add(ItemChunk chunk, int first, BitSet skipped) {
    List<Integer> ordinals = new ArrayList<>();
    List<String> parents = new ArrayList<>();
    List<Long> lines = new ArrayList<>();
    for (ItemChunk.ChildRow child : chunk.children()) {
      if (!skipped.get(child.row())) {
        ordinals.add(first + child.row() - skipped.get(0, child.row()).cardinality());
        parents.add(child.parent());
        lines.add(chunk.line(child.row()));
      }
    }
    if (ordinals.isEmpty()) {
      return;
    }
    if (!tableCreated) {
      tx.update(CREATE_CHILD_TABLE).execute();
      tableCreated = true;
    }
    tx.update(ADD_CHILDREN)
        .bindArray("ordinals", Integer.class, ordinals)
        .bindArray("parents", String.class, parents)
        .bindArray("lines", Long.class, lines)
        .execute();
  }

  /**
   * Stores the relations. Children whose parent does not exist or is a child itself are invalid
   * lines; when these are skipped, their items are deleted and the ordinals of the items after them
   * decrease.
   *
   * @return the number of items deleted
   */
  int resolve(InvalidLines invalidLines) {
    if (!tableCreated) {
      return 0;
    }
    tx.update(FIND_INVALID_CHILDREN).bind("batch", batch).execute();
    int invalid = tx.query(COUNT_INVALID_CHILDREN).mapTo(Integer.class).one();
    invalidLines.add(firstInvalid(invalidLines.policy().maxReported()), invalid);
    if (invalidLines.isBatchRefused()) {
      return 0;
    }
    if (invalid > 0) {
      deleteInvalid();
    }
    hasAny = tx.update(INSERT_RELATIONS).bind("batch", batch).execute() > 0;
    return invalid;
  }

  private List<InvalidLine> firstInvalid(int limit) {
    return tx.query(FIRST_INVALID_CHILDREN)
        .bind("limit", limit)
        .map((row, context) ->
            new InvalidLine(
                row.getLong("line"),
                "parent",
                row.getBoolean("unknown")
                    ? "must be the ref of an item of this batch; got " + row.getString("parent")
                    : "must be the ref of an item without a parent; got "
                        + row.getString("parent")))
        .list();
  }

  private void deleteInvalid() {
    tx.update(RENUMBER_WITHOUT_INVALID_CHILDREN).bind("batch", batch).execute();
    tx.update(DELETE_ITEMS).bind("batch", batch).execute();
    tx.update(INSERT_RENUMBERED_ITEMS).bind("batch", batch).execute();
    tx.update(DELETE_INVALID_CHILDREN).execute();
    tx.update(RENUMBER_CHILDREN).execute();
  }

  /** Whether the batch has relations. */
  boolean hasAny() {
    return hasAny;
  }
}
