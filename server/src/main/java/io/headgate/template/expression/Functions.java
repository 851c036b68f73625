package io.headgate.template.expression;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All functions there are: nothing else can be called. */
final class Functions {

  private static final Map<String, Function> ALL = all();

  private Functions() {}

  private static Map<String, Function> all() {
    Map<String, Function> all = new TreeMap<>();
    Stream.of(
            TextFunctions.all(),
            NumberFunctions.all(),
            FormatFunctions.all(),
            ListFunctions.all(),
            LogicFunctions.all())
        .flatMap(List::stream)
        .forEach(function -> all.put(function.name(), function));
    return all;
  }

  static Optional<Function> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  static List<String> names() {
    return List.copyOf(ALL.keySet());
  }
}
