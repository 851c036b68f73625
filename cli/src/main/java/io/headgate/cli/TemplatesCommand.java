package io.headgate.cli;

import io.headgate.client.HeadgateClient;
import io.headgate.client.Page;
import io.headgate.client.Template;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "templates", description = "List, create, show and delete templates.")
final class TemplatesCommand implements Runnable {

  @Mixin private PageOptions page = new PageOptions();

  private final HeadgateCommand headgate;

  private TemplatesCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  static CommandLine withSubcommands(HeadgateCommand headgate) {
    return new CommandLine(new TemplatesCommand(headgate))
        .addSubcommand(new TemplatesListCommand(headgate))
        .addSubcommand(new TemplatesCreateCommand(headgate))
        .addSubcommand(new TemplatesShowCommand(headgate))
        .addSubcommand(new TemplatesVariablesCommand(headgate))
        .addSubcommand(new TemplatesDeleteCommand(headgate));
  }

  @Override
  public void run() {
    list(headgate, page);
  }

  static void list(HeadgateCommand headgate, PageOptions page) {
    try (HeadgateClient client = headgate.client()) {
      headgate.show(client.templates(page.request()), TemplatesCommand::format);
    }
  }

  private static String format(Page<Template> page) {
    Table table = Table.of("ID", "UID", "NAME", "VERSION", "OUTPUT", "SIZE", "CHANGED");
    for (Template template : page.data()) {
      table.row(
          template.id(),
          template.uid(),
          template.name(),
          template.version(),
          template.outputFormat(),
          size(template),
          TextFormat.time(template.updatedAt()));
    }
    return table + Views.nextPageHint(page.nextCursor());
  }

  /** Formats a template without its HTML, one field per line. */
  static String facts(Template template) {
    return Table.ofFacts()
        .row("id", template.id())
        .row("uid", template.uid())
        .row("name", template.name())
        .row("version", template.version())
        .fact("output", template.outputFormat())
        .row("size", size(template))
        .fact("variables", joined(template.variables()))
        .fact("layouts", template.layouts() == null ? null : joined(template.layouts().keySet()))
        .fact("created", TextFormat.time(template.createdAt()))
        .fact("changed", TextFormat.time(template.updatedAt()))
        .toString();
  }

  private static String size(Template template) {
    return template.width() + "x" + template.height();
  }

  private static @Nullable String joined(@Nullable Collection<String> values) {
    return values == null || values.isEmpty() ? null : String.join(", ", values);
  }
}
