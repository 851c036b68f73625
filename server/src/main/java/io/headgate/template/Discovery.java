package io.headgate.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The variables of a template: those its HTML has, with what its author says of them. */
final class Discovery {

  private Discovery() {}

  /**
   * @param content whose HTML compiles
   */
  static List<Variable> variables(Content content) {
    Map<String, Guess> guesses = new LinkedHashMap<>(Compiler.variables(content.html()));
    for (Layout layout : content.layouts().values()) {
      String own = layout.html();
      if (own != null) {
        Compiler.variables(own).forEach((name, guess) -> guesses.merge(name, guess, Guess::surer));
      }
    }
    Map<String, Variable> declared = new LinkedHashMap<>();
    content.variables().forEach(variable -> declared.put(variable.name(), variable));
    List<Variable> all = new ArrayList<>();
    guesses.forEach((name, guess) -> {
      Variable said = declared.remove(name);
      all.add(said == null ? Variable.found(name, guess.type()) : said);
    });
    all.addAll(declared.values());
    return all;
  }
}
