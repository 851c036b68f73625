package io.headgate.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Finds the variables of a template: those in its HTML, and those that its author declared. */
final class Discovery {

  private Discovery() {}

  /**
   * @param content HTML that compiles
   */
  static List<Variable> variables(Content content) {
    Frames base = Compiler.variables(content.html());
    Map<String, Guess> guesses = new LinkedHashMap<>(base.guesses());
    Map<String, JsonNode> defaults = new HashMap<>(base.defaults());
    for (Layout layout : content.layouts().values()) {
      String own = layout.html();
      if (own != null) {
        Frames more = Compiler.variables(own);
        more.guesses().forEach((name, guess) -> guesses.merge(name, guess, Guess::surer));
        more.defaults().forEach(defaults::putIfAbsent);
      }
    }
    Map<String, Variable> declared = new LinkedHashMap<>();
    content.variables().forEach(variable -> declared.put(variable.name(), variable));
    List<Variable> all = new ArrayList<>();
    guesses.forEach((name, guess) -> {
      Variable said = declared.remove(name);
      all.add(said == null ? Variable.found(name, guess.type(), defaults.get(name)) : said);
    });
    all.addAll(declared.values());
    return all;
  }
}
