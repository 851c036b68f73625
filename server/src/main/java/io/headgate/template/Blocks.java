package io.headgate.template;

import io.headgate.template.expression.Expression;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The blocks of a template as they open and close. */
final class Blocks {

  static final int DEEPEST = 50;

  /** The blocks there are. */
  enum Kind {
    IF,
    UNLESS,
    EACH,
    WITH;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    boolean moves() {
      return this == EACH || this == WITH;
    }

    Guess guess() {
      return switch (this) {
        case IF, UNLESS -> Guess.BOOLEAN;
        case EACH -> Guess.ARRAY;
        case WITH -> Guess.OBJECT;
      };
    }
  }

  /** One that is open. */
  private static final class Block {
    final Kind kind;
    final int line;
    final boolean element;

    /** What its {@code else if}s opened, the innermost first. */
    final Deque<Kind> chain = new ArrayDeque<>();

    boolean inFrame;
    boolean otherwise;

    Block(Kind kind, int line, boolean element) {
      this.kind = kind;
      this.line = line;
      this.element = element;
    }

    @Override
    public String toString() {
      return (element ? "the element with _if" : "{{#" + kind.word() + "}}") + " of line " + line;
    }
  }

  /**
   * What stands in {@code {{#each items as |item|}}}.
   *
   * @param names between the bars; null without bars
   */
  private record Opening(String word, String expression, @Nullable String names) {

    static Opening of(String content) {
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
      return new Opening(head.substring(0, end), head.substring(end).strip(), names);
    }
  }

  private static final Pattern NAME = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*");

  private final Output out;
  private final Frames frames;
  private final Deque<Block> open = new ArrayDeque<>();

  Blocks(Output out, Frames frames) {
    this.out = out;
    this.frames = frames;
  }

  void open(Mustache one) {
    Opening opening = Opening.of(one.content());
    Kind kind = kind(opening.word(), one.line());
    List<String> names = names(opening.names(), kind, one.line());
    Block block = new Block(kind, one.line(), false);
    push(block);
    Set<String> roots = part(kind, one.line(), opening.expression(), names);
    if (kind.moves()) {
      frames.enter(roots, names);
      block.inFrame = true;
    }
  }

  private static Kind kind(String word, int line) {
    for (Kind kind : Kind.values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw new Malformed(
        line, "there is no block helper " + word + "; known are each, if, unless and with");
  }

  private Set<String> part(Kind kind, int line, String source, List<String> names) {
    Expression expression = Compiler.expression(source, line);
    out.part("#" + kind.word(), new Part.Block(expression, line, names));
    return frames.read(expression, kind.guess());
  }

  private static List<String> names(@Nullable String names, Kind kind, int line) {
    if (names == null) {
      return List.of();
    }
    List<String> all = List.of(names.split("\\s+"));
    boolean fits = all.size() <= (kind == Kind.EACH ? 2 : 1) && kind.moves();
    if (!fits || !all.stream().allMatch(name -> NAME.matcher(name).matches())) {
      throw new Malformed(line, "as |" + names + "| does not fit {{#" + kind.word() + "}}");
    }
    return all;
  }

  void openElement(String condition, int line) {
    push(new Block(Kind.IF, line, true));
    part(Kind.IF, line, condition, List.of());
  }

  private void push(Block block) {
    open.push(block);
    requireShallow(block.line);
  }

  private void requireShallow(int line) {
    if (open.stream().mapToInt(one -> 1 + one.chain.size()).sum() > DEEPEST) {
      throw new Malformed(line, "blocks are nested more than " + DEEPEST + " deep");
    }
  }

  /** {@code {{else}}}, or {@code {{else if …}}}, which is a block of its own in the other half. */
  void otherwise(Mustache one) {
    Block block = open.peek();
    if (block == null || block.element || block.otherwise) {
      throw new Malformed(one.line(), "{{else}} belongs to no block");
    }
    if (block.inFrame) {
      frames.leave();
      block.inFrame = false;
    }
    out.word("else");
    if (one.content().isEmpty()) {
      block.otherwise = true;
    } else {
      chain(block, one);
    }
  }

  private void chain(Block block, Mustache one) {
    Opening opening = Opening.of(one.content());
    Kind kind = kind(opening.word(), one.line());
    if (kind.moves()) {
      throw new Malformed(one.line(), "{{else " + one.content() + "}} is not known here");
    }
    block.chain.push(kind);
    requireShallow(one.line());
    part(kind, one.line(), opening.expression(), List.of());
  }

  void close(Mustache one) {
    Block block = open.peek();
    if (block == null) {
      throw new Malformed(one.line(), "{{/" + one.content() + "}} closes no block");
    }
    if (block.element || !block.kind.word().equals(one.content())) {
      throw new Malformed(
          one.line(), "{{/" + one.content() + "}} comes before the end of " + block);
    }
    end(block);
  }

  void closeElement(int line) {
    Block block = open.peek();
    if (block == null || !block.element) {
      throw new Malformed(
          line, "the element with _if ends before " + (block == null ? "it began" : block));
    }
    end(block);
  }

  private void end(Block block) {
    open.pop();
    if (block.inFrame) {
      frames.leave();
    }
    block.chain.forEach(kind -> out.word("/" + kind.word()));
    out.word("/" + block.kind.word());
  }

  void requireAllClosed() {
    Block block = open.peek();
    if (block != null) {
      throw new Malformed(block.line, block + " is not closed");
    }
  }
}
