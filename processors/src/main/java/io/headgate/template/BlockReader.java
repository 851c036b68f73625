package io.headgate.template;

import io.headgate.template.expression.Expression;
import io.headgate.template.expression.ExpressionSyntax;
import io.headgate.template.expression.TemplateLimits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks that the blocks of a template are known, match and are not too deep, and builds them. */
final class BlockReader {

  /** A block that is not closed yet. */
  private static final class OpenedBlock {
    final String word;
    final TemplatePosition position;
    final boolean element;

    /** How many blocks its {@code else if}s opened. */
    int chained;

    boolean inFrame;
    boolean otherwise;

    OpenedBlock(String word, TemplatePosition position, boolean element) {
      this.word = word;
      this.position = position;
      this.element = element;
    }

    @Override
    public String toString() {
      return (element ? "the element with _if" : "{{#" + word + "}}")
          + " of line "
          + position.line();
    }
  }

  /**
   * The parts of {@code {{#each items as |item|}}}.
   *
   * @param names between the bars; null without bars
   */
  private record BlockOpening(String word, String expression, @Nullable String names) {

    static BlockOpening of(String content) {
      String head = content;
      String names = null;
      int bar = content.endsWith("|") ? content.lastIndexOf('|', content.length() - 2) : -1;
      if (bar >= 0 && content.substring(0, bar).stripTrailing().endsWith(" as")) {
        head = content.substring(0, bar).stripTrailing();
        head = head.substring(0, head.length() - " as".length());
        names = content.substring(bar + 1, content.length() - 1).strip();
      }
      int end = 0;
      while (end < head.length()
          && !Character.isWhitespace(head.charAt(end))
          && head.charAt(end) != '(') {
        end++;
      }
      return new BlockOpening(head.substring(0, end), head.substring(end).strip(), names);
    }

    boolean helper() {
      return BlockKind.ofHelper(word) != BlockKind.SECTION;
    }

    /** A section has no helper: all of it is the expression. */
    BlockOpening section() {
      return new BlockOpening((word + " " + expression).strip(), word + " " + expression, names);
    }
  }

  private static final Pattern NAME = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*");

  private final ExpressionSyntax syntax;
  private final NodeBuilder nodes;
  private final VariableScopes frames;
  private final Deque<OpenedBlock> open = new ArrayDeque<>();

  BlockReader(ExpressionSyntax syntax, NodeBuilder nodes, VariableScopes frames) {
    this.syntax = syntax;
    this.nodes = nodes;
    this.frames = frames;
  }

  void open(Mustache one) {
    BlockOpening opening = BlockOpening.of(one.content());
    BlockKind kind = kind(opening.word(), one.position());
    open(kind == BlockKind.SECTION ? opening.section() : opening, kind, one.position());
  }

  /** {@code {{^value}}}. */
  void openInverted(Mustache one) {
    BlockOpening opening = BlockOpening.of(one.content());
    switch (kind(opening.word(), one.position())) {
      case IF -> open(opening, BlockKind.UNLESS, one.position());
      case UNLESS -> open(opening, BlockKind.IF, one.position());
      case EACH, WITH, SECTION, INVERTED ->
          open(opening.section(), BlockKind.INVERTED, one.position());
    }
  }

  private void open(BlockOpening opening, BlockKind kind, TemplatePosition position) {
    List<String> names = names(opening.names(), kind, position);
    OpenedBlock block = new OpenedBlock(opening.word(), position, false);
    push(block);
    Set<String> roots = build(kind, position, opening.expression(), names);
    if (kind.movesInto()) {
      frames.enter(roots, names);
      block.inFrame = true;
    }
  }

  private BlockKind kind(String word, TemplatePosition position) {
    BlockKind helper = BlockKind.ofHelper(word);
    if (helper == BlockKind.SECTION && syntax == ExpressionSyntax.PAGE) {
      throw new MalformedTemplateException(
          position, "there is no block helper " + word + "; known are each, if, unless and with");
    }
    return helper;
  }

  private Set<String> build(
      BlockKind kind, TemplatePosition position, String source, List<String> names) {
    Expression expression = TemplateCompiler.expression(source, position, syntax);
    nodes.open(kind, expression, position, names);
    return frames.read(expression, kind.guess());
  }

  private static List<String> names(
      @Nullable String names, BlockKind kind, TemplatePosition position) {
    if (names == null) {
      return List.of();
    }
    List<String> all = List.of(names.split("\\s+"));
    boolean fits = all.size() <= (kind == BlockKind.WITH ? 1 : 2) && kind.movesInto();
    if (!fits || !all.stream().allMatch(name -> NAME.matcher(name).matches())) {
      throw new MalformedTemplateException(
          position, "as |" + names + "| does not fit {{#" + kind.word() + "}}");
    }
    return all;
  }

  void openElement(String condition, TemplatePosition position) {
    push(new OpenedBlock(BlockKind.IF.word(), position, true));
    build(BlockKind.IF, position, condition, List.of());
  }

  private void push(OpenedBlock block) {
    open.push(block);
    checkDepth(block.position);
  }

  private void checkDepth(TemplatePosition position) {
    if (open.stream().mapToInt(one -> 1 + one.chained).sum() > TemplateLimits.MAX_DEPTH) {
      throw new MalformedTemplateException(
          position, "blocks are nested more than " + TemplateLimits.MAX_DEPTH + " deep");
    }
  }

  /** {@code {{else}}}, or {@code {{else if …}}}, which is a block of its own in the other half. */
  void otherwise(Mustache one) {
    OpenedBlock block = open.peek();
    if (block == null || block.element || block.otherwise) {
      throw new MalformedTemplateException(one.position(), "{{else}} belongs to no block");
    }
    if (block.inFrame) {
      frames.leave();
      block.inFrame = false;
    }
    nodes.otherwise();
    if (one.content().isEmpty()) {
      block.otherwise = true;
    } else {
      chain(block, one);
    }
  }

  private void chain(OpenedBlock block, Mustache one) {
    BlockOpening opening = BlockOpening.of(one.content());
    BlockKind kind = kind(opening.word(), one.position());
    boolean known = !kind.movesInto() || (syntax == ExpressionSyntax.TEXT && opening.helper());
    if (!known) {
      throw new MalformedTemplateException(
          one.position(), "{{else " + one.content() + "}} is not supported");
    }
    block.chained++;
    checkDepth(one.position());
    List<String> names = names(opening.names(), kind, one.position());
    build(kind, one.position(), opening.expression(), names);
  }

  void close(Mustache one) {
    OpenedBlock block = open.peek();
    if (block == null) {
      throw new MalformedTemplateException(
          one.position(), "{{/" + one.content() + "}} closes no block");
    }
    if (block.element || !block.word.equals(one.content())) {
      throw new MalformedTemplateException(
          one.position(), "{{/" + one.content() + "}} comes before the end of " + block);
    }
    end(block);
  }

  void closeElement(TemplatePosition position) {
    OpenedBlock block = open.peek();
    if (block == null || !block.element) {
      throw new MalformedTemplateException(
          position, "the element with _if ends before " + (block == null ? "it began" : block));
    }
    end(block);
  }

  private void end(OpenedBlock block) {
    open.pop();
    if (block.inFrame) {
      frames.leave();
    }
    for (int closed = 0; closed <= block.chained; closed++) {
      nodes.close();
    }
  }

  void requireAllClosed() {
    OpenedBlock block = open.peek();
    if (block != null) {
      throw new MalformedTemplateException(block.position, block + " is not closed");
    }
  }
}
