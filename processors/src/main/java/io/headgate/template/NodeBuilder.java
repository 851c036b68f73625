package io.headgate.template;

import io.headgate.template.expression.Expression;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Builds the tree of a template while its parts are read from first to last. */
final class NodeBuilder {

  /** A block that is not closed yet. */
  private static final class OpenBlock {
    final BlockKind kind;
    final Expression expression;
    final TemplatePosition position;
    final List<String> names;
    final List<TemplateNode> body = new ArrayList<>();
    final List<TemplateNode> otherwise = new ArrayList<>();
    boolean inOtherwise;

    OpenBlock(
        BlockKind kind, Expression expression, TemplatePosition position, List<String> names) {
      this.kind = kind;
      this.expression = expression;
      this.position = position;
      this.names = names;
    }

    TemplateNode.Block closed() {
      return new TemplateNode.Block(
          kind, expression, position, names, List.copyOf(body), List.copyOf(otherwise));
    }
  }

  private final List<TemplateNode> root = new ArrayList<>();
  private final Deque<OpenBlock> open = new ArrayDeque<>();
  private String literal = "";
  private boolean trimNext;

  /** The text between two mustaches; also called when it is empty. */
  void literal(String text) {
    writeLiteral();
    literal = trimNext ? text.stripLeading() : text;
    trimNext = false;
  }

  /** Drops the white space that the last literal ends with. */
  void trimBefore() {
    literal = literal.stripTrailing();
  }

  /** Drops the white space that the next literal begins with. */
  void trimAfter() {
    trimNext = true;
  }

  void text(String text) {
    add(new TemplateNode.Text(text));
  }

  void value(TemplateNode.Value value) {
    add(value);
  }

  void open(BlockKind kind, Expression expression, TemplatePosition position, List<String> names) {
    writeLiteral();
    open.push(new OpenBlock(kind, expression, position, names));
  }

  void otherwise() {
    writeLiteral();
    open.getFirst().inOtherwise = true;
  }

  void close() {
    writeLiteral();
    TemplateNode.Block closed = open.pop().closed();
    target().add(closed);
  }

  /** The whole tree; every block must be closed. */
  List<TemplateNode> nodes() {
    writeLiteral();
    return List.copyOf(root);
  }

  private void add(TemplateNode node) {
    writeLiteral();
    target().add(node);
  }

  private void writeLiteral() {
    if (!literal.isEmpty()) {
      target().add(new TemplateNode.Text(literal));
      literal = "";
    }
  }

  private List<TemplateNode> target() {
    OpenBlock block = open.peek();
    if (block == null) {
      return root;
    }
    return block.inOtherwise ? block.otherwise : block.body;
  }
}
