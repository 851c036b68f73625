package io.headgate.template.expression;

import io.headgate.template.expression.Token.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/**
 * A recursive-descent parser. Besides {@code truncate(title, 20)} it accepts calls in Handlebars
 * form, {@code truncate title 20} and {@code (eq a b)}; both forms mean the same.
 */
final class ExpressionParser {

  private static final int MAX_DEPTH = TemplateLimits.MAX_EXPRESSION_DEPTH;

  private static final List<String> DATA = List.of("root", "index", "key", "first", "last");

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final List<Token> tokens;
  private final ExpressionSyntax syntax;
  private int at;
  private int depth;

  private ExpressionParser(String source, ExpressionSyntax syntax) {
    this.tokens = ExpressionLexer.tokens(source, syntax);
    this.syntax = syntax;
  }

  static Term parse(String source, ExpressionSyntax syntax) {
    ExpressionParser parser = new ExpressionParser(source, syntax);
    if (parser.next().kind() == TokenKind.END) {
      throw new ExpressionException("there is no expression");
    }
    Term term = parser.whole();
    if (parser.next().kind() != TokenKind.END) {
      throw new ExpressionException(parser.next().description() + " is not expected there");
    }
    return term;
  }

  /** A call in Handlebars form, or an expression. */
  private Term whole() {
    Token name = next();
    if (name.kind() == TokenKind.NAME
        && literal(name.text()).isEmpty()
        && startsArgument(after())) {
      at++;
      return call(name.text(), this::spacedArguments);
    }
    return expression();
  }

  private boolean startsArgument(Token token) {
    return switch (token.kind()) {
      case NUMBER, STRING, NAME, BRACKETED, DATA -> true;
      case SIGN ->
          token.spaced()
              && ((token.isSign(".") && syntax == ExpressionSyntax.TEXT)
                  || token.isSign("(")
                  || token.isSign("../")
                  || token.isSign("..")
                  || token.isSign("./"));
      case END -> false;
    };
  }

  private List<Term> spacedArguments() {
    List<Term> arguments = new ArrayList<>();
    while (startsArgument(next()) || next().isSign(".")) {
      arguments.add(postfix());
      if (next().isSign(",")) { // upper (a, b)
        throw new ExpressionException("arguments with commas stand in parentheses after the name");
      }
    }
    return arguments;
  }

  private Term expression() {
    return deeper(() -> {
      Term condition = binary(1);
      if (!skip("?")) {
        return condition;
      }
      Term yes = expression();
      expect(":");
      return new Term.Choice(condition, yes, expression());
    });
  }

  /** Binary operators whose precedence is at least {@code least}. */
  private Term binary(int least) {
    Term left = unary();
    int chain = 0;
    Optional<Operator> operator = operator(least);
    while (operator.isPresent()) {
      at++;
      if (++chain > MAX_DEPTH) {
        throw new ExpressionException("it has more than " + MAX_DEPTH + " operators in a row");
      }
      Operator found = operator.get();
      Term right = deeper(() -> binary(found.precedence() + 1));
      left = new Term.Binary(found, left, right);
      operator = operator(least);
    }
    return left;
  }

  private Optional<Operator> operator(int least) {
    return next().kind() == TokenKind.SIGN
        ? Operator.binary(next().text()).filter(operator -> operator.precedence() >= least)
        : Optional.empty();
  }

  private Term unary() {
    if (skip("!")) {
      return deeper(() -> new Term.Unary(Operator.NOT, unary()));
    }
    if (skip("-")) {
      return deeper(() -> new Term.Unary(Operator.NEGATE, unary()));
    }
    return postfix();
  }

  /** A value and a path of members. */
  private Term postfix() {
    Term term = primary();
    int chain = 0;
    while ((next().isSign(".") && member(after())) || (next().isSign("[") && !next().spaced())) {
      if (++chain > MAX_DEPTH) {
        throw new ExpressionException("a path has more than " + MAX_DEPTH + " parts");
      }
      term = new Term.Member(term, key());
    }
    return term;
  }

  private static boolean member(Token token) {
    return switch (token.kind()) {
      case NAME, BRACKETED, NUMBER -> true;
      case SIGN -> token.isSign("[");
      case STRING, DATA, END -> false;
    };
  }

  private Term key() {
    if (skip(".") && !next().isSign("[")) {
      return new Term.Literal(JSON.stringNode(take().text()));
    }
    expect("[");
    Term key = expression();
    expect("]");
    return key;
  }

  private Term primary() {
    Token token = take();
    return switch (token.kind()) {
      case NUMBER -> new Term.Literal(JsonValues.number(Double.parseDouble(token.text())));
      case STRING -> new Term.Literal(JSON.stringNode(token.text()));
      case DATA -> data(token.text());
      case NAME -> named(token.text());
      case BRACKETED -> new Term.Name(token.text());
      case SIGN -> signed(token);
      case END -> throw new ExpressionException("it ends too early");
    };
  }

  private static Term data(String name) {
    if (!DATA.contains(name)) {
      throw new ExpressionException(
          "there is no @" + name + "; known are @" + String.join(", @", DATA));
    }
    return new Term.Data(name);
  }

  private Term named(String name) {
    if (next().isSign("(") && !next().spaced()) {
      return call(name, this::listedArguments);
    }
    return literal(name)
        .orElseGet(() -> name.equals("this") ? new Term.Self(0) : new Term.Name(name));
  }

  private static Optional<Term> literal(String name) {
    return switch (name) {
      case "true", "false" -> Optional.of(new Term.Literal(JSON.booleanNode(name.equals("true"))));
      case "null" -> Optional.of(new Term.Literal(JSON.nullNode()));
      case "undefined" -> Optional.of(new Term.Literal(MissingNode.getInstance()));
      default -> Optional.empty();
    };
  }

  private Term signed(Token token) {
    return switch (token.text()) {
      case "(" -> {
        Term inner = deeper(this::whole);
        expect(")");
        yield inner;
      }
      case "." -> new Term.Self(0);
      case ".." -> new Term.Self(1);
      case "./" -> outer(0);
      case "../" -> outer(1);
      default -> throw new ExpressionException(token.description() + " is not expected there");
    };
  }

  private Term outer(int first) {
    int up = first;
    while (next().isSign("../")) {
      at++;
      up++;
    }
    if (skip("..")) {
      return new Term.Self(up + 1);
    }
    if (next().kind() == TokenKind.DATA) {
      throw new ExpressionException("../@" + next().text() + " is not supported");
    }
    if (next().kind() != TokenKind.NAME && next().kind() != TokenKind.BRACKETED) {
      return new Term.Self(up);
    }
    boolean bracketed = next().kind() == TokenKind.BRACKETED;
    String name = take().text();
    return name.equals("this") && !bracketed
        ? new Term.Self(up)
        : new Term.Member(new Term.Self(up), new Term.Literal(JSON.stringNode(name)));
  }

  private Term call(String name, Supplier<List<Term>> arguments) {
    TemplateFunction function =
        FunctionTable.find(name, syntax)
            .orElseThrow(() -> new ExpressionException("there is no helper or function " + name));
    List<Term> given = arguments.get();
    function.checkCount(given.size());
    return new Term.Call(function, given);
  }

  private List<Term> listedArguments() {
    List<Term> arguments = new ArrayList<>();
    expect("(");
    if (skip(")")) {
      return arguments;
    }
    do {
      arguments.add(expression());
    } while (skip(","));
    expect(")");
    return arguments;
  }

  private Term deeper(Supplier<Term> inner) {
    if (++depth > MAX_DEPTH) {
      throw new ExpressionException("it is nested more than " + MAX_DEPTH + " deep");
    }
    Term term = inner.get();
    depth--;
    return term;
  }

  private Token next() {
    return tokens.get(at);
  }

  private Token after() {
    return tokens.get(Math.min(at + 1, tokens.size() - 1));
  }

  private Token take() {
    Token token = next();
    if (token.kind() != TokenKind.END) {
      at++;
    }
    return token;
  }

  private boolean skip(String sign) {
    boolean found = next().isSign(sign);
    if (found) {
      at++;
    }
    return found;
  }

  private void expect(String sign) {
    if (!skip(sign)) {
      throw new ExpressionException("\"" + sign + "\" is expected, not " + next().description());
    }
  }
}
