package io.headgate.template.expression;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The closed table of all functions; nothing else can be called. */
final class FunctionTable {

  private static final Map<ExpressionSyntax, Map<String, TemplateFunction>> ALL =
      Map.of(
          ExpressionSyntax.PAGE, byName(List.of()),
          ExpressionSyntax.TEXT, byName(LogicFunctions.ofTexts()));

  private FunctionTable() {}

  /** All functions, and {@code others} in the place of those with the same name. */
  private static Map<String, TemplateFunction> byName(List<TemplateFunction> others) {
    Map<String, TemplateFunction> all = new TreeMap<>();
    Stream.of(
            TextFunctions.all(),
            NumberFunctions.all(),
            FormatFunctions.all(),
            ListFunctions.all(),
            LogicFunctions.all(),
            others)
        .flatMap(List::stream)
        .forEach(function -> all.put(function.name(), function));
    return all;
  }

  static Optional<TemplateFunction> find(String name, ExpressionSyntax syntax) {
    return Optional.ofNullable(of(syntax).get(name));
  }

  static List<String> names(ExpressionSyntax syntax) {
    return List.copyOf(of(syntax).keySet());
  }

  private static Map<String, TemplateFunction> of(ExpressionSyntax syntax) {
    return Objects.requireNonNull(ALL.get(syntax));
  }
}
