package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import io.headgate.client.TemplateVariable;
import io.headgate.client.TemplateVariables;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "variables", description = "List the variables of a template.")
final class TemplatesVariablesCommand implements Runnable {

  @Parameters(paramLabel = "ID", description = "The id or uid of the template")
  private String id = "";

  private final HeadgateCommand headgate;

  TemplatesVariablesCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public void run() {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(client.templateVariables(id), TemplatesVariablesCommand::format);
    }
  }

  private static String format(TemplateVariables variables) {
    Table table = Table.of("NAME", "TYPE", "REQUIRED", "DEFAULT", "DESCRIPTION");
    for (TemplateVariable variable : variables.variableDefinitions()) {
      table.row(
          variable.name(),
          variable.type(),
          required(variable) ? "yes" : "no",
          variable.defaultValue() == null || variable.defaultValue().isNull()
              ? null
              : variable.defaultValue(),
          variable.description());
    }
    return table.toString();
  }

  private static boolean required(TemplateVariable variable) {
    TemplateVariable.Validation validation = variable.validation();
    return validation != null && Boolean.TRUE.equals(validation.required());
  }
}
