package io.headgate.template;

import com.github.jknack.handlebars.HandlebarsException;
import io.headgate.template.expression.Expression;
import io.headgate.template.expression.ExpressionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jsoup.parser.Parser;

/**
 * From HTML to a template that can be rendered. Handlebars gets the blocks; every expression is
 * read here, and stands as a number in what it gets. So nothing an author writes can reach a part
 * of Handlebars that this house does not use.
 */
final class Compiler {

  /** In bytes of UTF-8. */
  static final int MAX_BYTES = 500_000;

  private record Edit(int start, int end, int order, Runnable write) {}

  private final String html;
  private final Set<String> raw;
  private final List<Part> parts = new ArrayList<>();
  private final Frames frames = new Frames();
  private final Output out = new Output(parts);
  private final Blocks blocks = new Blocks(out, frames);

  private Compiler(String html, Set<String> raw) {
    this.html = html;
    this.raw = raw;
  }

  /**
   * @param raw the variables that may be shown without escaping
   * @throws Malformed when it is no template
   */
  static Compiled compile(String html, Set<String> raw) {
    Compiler compiler = new Compiler(html, raw);
    compiler.read();
    try {
      return new Compiled(Helpers.compile(compiler.out.text()), List.copyOf(compiler.parts));
    } catch (HandlebarsException e) {
      throw new Malformed("it cannot be read: " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The variables of a template: what each seems to be, and what stands in for it. */
  static Frames variables(String html) {
    Compiler compiler = new Compiler(html, Set.of());
    compiler.read();
    return compiler.frames;
  }

  private void read() {
    if (html.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new Malformed("a template has at most " + MAX_BYTES + " bytes");
    }
    List<Mustache> mustaches = Mustaches.find(html);
    Markup.Read markup = Markup.read(html, mustaches);
    if (mustaches.size() + markup.conditionals().size() > Mustaches.MOST) {
      throw new Malformed("a template has at most " + Mustaches.MOST + " mustaches and _ifs");
    }
    int at = 0;
    for (Edit edit : edits(mustaches, markup)) {
      if (edit.start() < at) {
        continue; // a mustache inside the value of an _if
      }
      out.literal(html.substring(at, edit.start()));
      edit.write().run();
      at = edit.end();
    }
    out.literal(html.substring(at));
    blocks.requireAllClosed();
  }

  private List<Edit> edits(List<Mustache> mustaches, Markup.Read markup) {
    List<Edit> edits = new ArrayList<>();
    for (int i = 0; i < mustaches.size(); i++) {
      Mustache one = mustaches.get(i);
      Place place = i < markup.places().size() ? markup.places().get(i) : Place.TEXT;
      edits.add(new Edit(one.start(), one.end(), 3, () -> write(one, place)));
    }
    for (Markup.Conditional one : markup.conditionals()) {
      edits.add(new Edit(one.start(), one.start(), 1, () -> open(one)));
      edits.add(new Edit(one.attributeStart(), one.attributeEnd(), 2, () -> {}));
      edits.add(new Edit(one.end(), one.end(), 0, () -> blocks.closeElement(one.line())));
    }
    edits.sort(Comparator.comparingInt(Edit::start).thenComparingInt(Edit::order));
    return edits;
  }

  /** An {@code _if} may hold the expression bare or in braces. */
  private void open(Markup.Conditional one) {
    String bare = Parser.unescapeEntities(one.condition(), true).strip();
    if (bare.startsWith("{{") && bare.endsWith("}}") && bare.length() >= 4) {
      bare = bare.substring(2, bare.length() - 2);
    }
    blocks.openElement(bare, one.line());
  }

  private void write(Mustache one, Place place) {
    if (one.trimBefore()) {
      out.trimBefore();
    }
    switch (one.kind()) {
      case VALUE -> value(one, place, false);
      case RAW -> value(one, place, true);
      case OPEN -> blocks.open(one);
      case ELSE -> blocks.otherwise(one);
      case CLOSE -> blocks.close(one);
      case COMMENT -> {}
      case LITERAL -> out.part("v", new Part.Literal(one.content()));
    }
    if (one.trimAfter()) {
      out.trimAfter();
    }
  }

  private void value(Mustache one, Place place, boolean asked) {
    Expression expression = expression(one.content(), one.line());
    Set<String> roots = frames.read(expression, Guess.of(place));
    boolean allowed = asked && raw.containsAll(roots);
    out.part("v", new Part.Value(expression, one.line(), place, allowed));
  }

  static Expression expression(String source, int line) {
    try {
      return Expression.parse(source);
    } catch (ExpressionException e) {
      throw new Malformed(line, "{{" + source.strip() + "}}: " + e.getMessage());
    }
  }
}
