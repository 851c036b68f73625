package io.headgate.template;

import io.headgate.template.expression.Expression;
import io.headgate.template.expression.ExpressionException;
import io.headgate.template.expression.ExpressionSyntax;
import io.headgate.template.expression.TemplateLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jsoup.parser.Parser;

/**
 * Compiles the source of a template, in time linear in its length. What an author writes becomes
 * text, expressions over JSON and blocks; there is no way to a file, a class or another template.
 */
final class TemplateCompiler {

  private record SourceEdit(int start, int end, int order, Runnable write) {}

  private final String html;
  private final ExpressionSyntax syntax;
  private final Set<String> raw;
  private final VariableScopes frames = new VariableScopes();
  private final NodeBuilder nodes = new NodeBuilder();
  private final BlockReader blocks;

  private TemplateCompiler(String html, ExpressionSyntax syntax, Set<String> raw) {
    this.html = html;
    this.syntax = syntax;
    this.raw = raw;
    this.blocks = new BlockReader(syntax, nodes, frames);
  }

  /**
   * @param raw the variables that a page may show without escaping
   * @throws MalformedTemplateException when the source is not a template
   */
  static CompiledTemplate compile(String source, ExpressionSyntax syntax, Set<String> raw) {
    TemplateCompiler compiler = new TemplateCompiler(source, syntax, raw);
    compiler.read();
    return new CompiledTemplate(syntax, compiler.nodes.nodes());
  }

  /** The variables of a page: the type that each seems to have, and its default value. */
  static VariableScopes variables(String html) {
    TemplateCompiler compiler = new TemplateCompiler(html, ExpressionSyntax.PAGE, Set.of());
    compiler.read();
    return compiler.frames;
  }

  private void read() {
    if (html.getBytes(StandardCharsets.UTF_8).length > TemplateLimits.MAX_BYTES) {
      throw new MalformedTemplateException(
          "a template has at most " + TemplateLimits.MAX_BYTES + " bytes");
    }
    List<Mustache> mustaches = MustacheScanner.find(html, syntax);
    HtmlScanner.ScannedHtml markup =
        syntax == ExpressionSyntax.PAGE
            ? HtmlScanner.read(html, mustaches)
            : HtmlScanner.ScannedHtml.OF_TEXT;
    if (mustaches.size() + markup.conditionals().size() > TemplateLimits.MAX_MUSTACHES) {
      throw new MalformedTemplateException(
          "a template has at most " + TemplateLimits.MAX_MUSTACHES + " mustaches and _ifs");
    }
    int at = 0;
    for (SourceEdit edit : edits(mustaches, markup)) {
      if (edit.start() < at) {
        continue; // a mustache inside the value of an _if
      }
      nodes.literal(html.substring(at, edit.start()));
      edit.write().run();
      at = edit.end();
    }
    nodes.literal(html.substring(at));
    blocks.requireAllClosed();
  }

  private List<SourceEdit> edits(List<Mustache> mustaches, HtmlScanner.ScannedHtml markup) {
    List<SourceEdit> edits = new ArrayList<>();
    for (int i = 0; i < mustaches.size(); i++) {
      Mustache one = mustaches.get(i);
      ValuePlace place = i < markup.places().size() ? markup.places().get(i) : ValuePlace.TEXT;
      edits.add(new SourceEdit(one.start(), one.end(), 3, () -> write(one, place)));
    }
    for (HtmlScanner.ConditionalElement one : markup.conditionals()) {
      edits.add(new SourceEdit(one.start(), one.start(), 1, () -> open(one)));
      edits.add(new SourceEdit(one.attributeStart(), one.attributeEnd(), 2, () -> {}));
      edits.add(new SourceEdit(one.end(), one.end(), 0, () -> blocks.closeElement(one.position())));
    }
    edits.sort(Comparator.comparingInt(SourceEdit::start).thenComparingInt(SourceEdit::order));
    return edits;
  }

  /** An {@code _if} may hold the expression bare or in braces. */
  private void open(HtmlScanner.ConditionalElement one) {
    String bare = Parser.unescapeEntities(one.condition(), true).strip();
    if (bare.startsWith("{{") && bare.endsWith("}}") && bare.length() >= 4) {
      bare = bare.substring(2, bare.length() - 2);
    }
    blocks.openElement(bare, one.position());
  }

  private void write(Mustache one, ValuePlace place) {
    if (one.trimBefore()) {
      nodes.trimBefore();
    }
    switch (one.kind()) {
      case VALUE -> value(one, place, false);
      case RAW -> value(one, place, true);
      case OPEN -> blocks.open(one);
      case INVERTED -> blocks.openInverted(one);
      case ELSE -> blocks.otherwise(one);
      case CLOSE -> blocks.close(one);
      case COMMENT -> {}
      case LITERAL -> nodes.text(one.content());
    }
    if (one.trimAfter()) {
      nodes.trimAfter();
    }
  }

  private void value(Mustache one, ValuePlace place, boolean asked) {
    Expression expression = expression(one.content(), one.position(), syntax);
    Set<String> roots = frames.read(expression, InferredType.of(place));
    boolean allowed = asked && (syntax == ExpressionSyntax.TEXT || raw.containsAll(roots));
    nodes.value(new TemplateNode.Value(expression, one.position(), place, allowed));
  }

  static Expression expression(String source, TemplatePosition position, ExpressionSyntax syntax) {
    try {
      return Expression.parse(source, syntax);
    } catch (ExpressionException e) {
      throw new MalformedTemplateException(
          position, "{{" + source.strip() + "}}: " + e.getMessage());
    }
  }
}
