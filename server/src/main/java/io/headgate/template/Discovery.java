package io.headgate.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The variables of a template: those its HTML has, with what its author says of them. */
final class Discovery {

  private Discovery() {}

  /**
   * @param content whose HTML compiles
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
