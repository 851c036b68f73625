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
 * Maps the columns of a CSV file to variables of a template.
 *
 * @param mappings as the client sent them; empty if columns have the names of variables
 * @param variables of the template
 */
record CsvColumnMapping(Map<String, String> mappings, List<Variable> variables)
    implements CsvVariableSets.CsvMapping {

  @Override
  public List<CsvVariableSets.CsvCell> cells(List<String> columns) {
    List<CsvVariableSets.CsvCell> cells = new ArrayList<>();
    byVariable(columns)
        .forEach((variable, column) ->
            cells.add(
                new CsvVariableSets.CsvCell(columns.indexOf(column), variable, isJson(variable))));
    return cells;
  }

  private Map<String, String> byVariable(List<String> columns) {
    if (mappings.isEmpty()) {
      return columns.stream()
          .collect(
              Collectors.toMap(
                  column -> column, column -> column, (a, b) -> a, LinkedHashMap::new));
    }
    return isForward(columns) ? requireColumns(mappings, columns) : reverse(columns);
  }

  /**
   * Returns true if the mappings are from variables to columns. The vendor's dashboard sends that
   * direction, its playground the reverse. The direction in which the file has every column is
   * taken. If both do or neither does, the one that names more variables of the template is taken,
   * and the dashboard's if they name as many.
   */
  private boolean isForward(List<String> columns) {
    boolean forward = columns.containsAll(mappings.values());
    boolean reverse = columns.containsAll(mappings.keySet());
    return forward == reverse
        ? countKnown(mappings.keySet()) >= countKnown(Set.copyOf(mappings.values()))
        : forward;
  }

  private long countKnown(Set<String> names) {
    return variables.stream().filter(variable -> names.contains(variable.name())).count();
  }

  private static Map<String, String> requireColumns(
      Map<String, String> mapping, List<String> columns) {
    mapping.forEach((variable, column) -> {
      if (!columns.contains(column)) {
        throw Problem.invalid(
                InputError.field(
                    "mappings." + variable,
                    "must name a column of the file: it has no column '%s', only %s"
                        .formatted(column, String.join(", ", columns))))
            .asException();
      }
    });
    return mapping;
  }

  private Map<String, String> reverse(List<String> columns) {
    Map<String, String> reversed = new LinkedHashMap<>();
    mappings.forEach((column, variable) -> {
      if (reversed.put(variable, column) != null) {
        throw Problem.invalid(
                InputError.field(
                    "mappings." + column,
                    "must not map a second column to the variable " + variable))
            .asException();
      }
    });
    return requireColumns(reversed, columns);
  }

  private boolean isJson(String name) {
    return variables.stream()
        .filter(Variable::declared)
        .filter(variable -> variable.name().equals(name))
        .map(Variable::type)
        .anyMatch(type -> type == VariableType.ARRAY || type == VariableType.OBJECT);
  }
}
