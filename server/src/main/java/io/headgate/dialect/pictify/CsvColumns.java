package io.headgate.dialect.pictify;

import io.headgate.http.InputError;
import io.headgate.http.Problem;
import io.headgate.template.Variable;
import io.headgate.template.VariableType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which column of a CSV file is which variable.
 *
 * @param mappings as a client gives them; empty when columns are named like variables
 * @param variables of the template
 */
record CsvColumns(Map<String, String> mappings, List<Variable> variables)
    implements CsvSets.Mapping {

  @Override
  public List<CsvSets.Cell> cells(List<String> columns) {
    List<CsvSets.Cell> cells = new ArrayList<>();
    byVariable(columns)
        .forEach((variable, column) ->
            cells.add(new CsvSets.Cell(columns.indexOf(column), variable, isJson(variable))));
    return cells;
  }

  private Map<String, String> byVariable(List<String> columns) {
    if (mappings.isEmpty()) {
      return columns.stream()
          .collect(
              Collectors.toMap(
                  column -> column, column -> column, (a, b) -> a, LinkedHashMap::new));
    }
    return isForward(columns) ? checked(mappings, columns) : turned(columns);
  }

  /**
   * The vendor's dashboard maps variables to columns, its playground columns to variables. What is
   * meant is the direction in which every column is there; of two such the one that knows more
   * variables, and the dashboard's when they know as many.
   */
  private boolean isForward(List<String> columns) {
    boolean forward = columns.containsAll(mappings.values());
    boolean reverse = columns.containsAll(mappings.keySet());
    return forward == reverse
        ? known(mappings.keySet()) >= known(Set.copyOf(mappings.values()))
        : forward;
  }

  private long known(Set<String> names) {
    return variables.stream().filter(variable -> names.contains(variable.name())).count();
  }

  private static Map<String, String> checked(Map<String, String> mapping, List<String> columns) {
    mapping.forEach((variable, column) -> {
      if (!columns.contains(column)) {
        throw Problem.invalid(
                InputError.field(
                    "mappings." + variable,
                    "names the column '%s', and line 1 of the file has %s"
                        .formatted(column, String.join(", ", columns))))
            .asException();
      }
    });
    return mapping;
  }

  private Map<String, String> turned(List<String> columns) {
    Map<String, String> turned = new LinkedHashMap<>();
    mappings.forEach((column, variable) -> {
      if (turned.put(variable, column) != null) {
        throw Problem.invalid(
                InputError.field(
                    "mappings." + column, "gives the variable " + variable + " a second column"))
            .asException();
      }
    });
    return checked(turned, columns);
  }

  private boolean isJson(String name) {
    return variables.stream()
        .filter(Variable::declared)
        .filter(variable -> variable.name().equals(name))
        .map(Variable::type)
        .anyMatch(type -> type == VariableType.ARRAY || type == VariableType.OBJECT);
  }
}
