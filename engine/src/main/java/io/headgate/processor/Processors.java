package io.headgate.processor;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The processors of this server by name, in the order of construction. */
public final class Processors {

  private final Map<String, Processor> byName = new LinkedHashMap<>();

  /**
   * @throws IllegalArgumentException when two have the same name
   */
  public Processors(List<Processor> processors) {
    for (Processor processor : processors) {
      if (byName.put(processor.name(), processor) != null) {
        throw new IllegalArgumentException("two processors are named " + processor.name());
      }
    }
  }

  public Optional<Processor> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  public Collection<Processor> all() {
    return byName.values();
  }

  /** The number of items that a node runs at once, for each processor with such a limit. */
  public Map<String, Integer> concurrencyLimits() {
    Map<String, Integer> places = new LinkedHashMap<>();
    byName.values().stream()
        .filter(processor -> processor.maxConcurrentItems() < Integer.MAX_VALUE)
        .forEach(processor -> places.put(processor.name(), processor.maxConcurrentItems()));
    return places;
  }

  /** The names of the processors that this machine can run. */
  public List<String> ready() {
    return byName.values().stream()
        .filter(p -> !p.remote() && p.missingRequirements().isEmpty())
        .map(Processor::name)
        .toList();
  }
}
