package io.headgate.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Finds the variables of a template: those in its HTML, and those that its author declared. */
final class VariableFinder {

  private VariableFinder() {}

  /**
   * @param content HTML that compiles
   */
  static List<Variable> variables(TemplateContent content) {
    VariableScopes base = TemplateCompiler.variables(content.html());
    Map<String, InferredType> guesses = new LinkedHashMap<>(base.guesses());
    Map<String, JsonNode> defaults = new HashMap<>(base.defaults());
    for (TemplateLayout layout : content.layouts().values()) {
      String own = layout.html();
      if (own != null) {
        VariableScopes more = TemplateCompiler.variables(own);
        more.guesses()
            .forEach((name, guess) -> guesses.merge(name, guess, InferredType::moreCertain));
        more.defaults().forEach(defaults::putIfAbsent);
      }
    }
    Map<String, Variable> declared = new LinkedHashMap<>();
    content.variables().forEach(variable -> declared.put(variable.name(), variable));
    List<Variable> all = new ArrayList<>();
    guesses.forEach((name, guess) -> {
      Variable known = declared.remove(name);
      all.add(known == null ? Variable.inferred(name, guess.type(), defaults.get(name)) : known);
    });
    all.addAll(declared.values());
    return all;
  }
}
