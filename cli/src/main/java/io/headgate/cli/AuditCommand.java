package io.headgate.cli;

import io.headgate.client.Answer;
import io.headgate.client.Audit;
import io.headgate.client.HeadgateClient;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "audit",
    description = {
      "Check that the stored items, counts, credits and receipts agree.",
      "Exits with 1 and names the batches in which they do not."
    })
final class AuditCommand implements Callable<Integer> {

  @Parameters(
      arity = "0..1",
      paramLabel = "ID",
      description = "The batch; default: all batches, which requires the scope admin")
  private @Nullable String id;

  private final Headgate headgate;

  AuditCommand(Headgate headgate) {
    this.headgate = headgate;
  }

  @Override
  public Integer call() {
    try (HeadgateClient client = headgate.client()) {
      Answer<Audit> audit = id == null ? client.audit() : client.audit(id);
      headgate.show(audit, found -> words(found, id));
      return (audit.value().ok() ? ExitCode.OK : ExitCode.FAILED).code();
    }
  }

  static String words(Audit audit, @Nullable String id) {
    Table table = Table.of("CHECK", "", "VIOLATIONS");
    for (Audit.Check check : audit.checks()) {
      table.row(check.name(), check.ok() ? "ok" : "VIOLATED", check.violations().size());
    }
    StringBuilder words = new StringBuilder(table.toString());
    for (Audit.Check check : audit.checks()) {
      check.violations().forEach(found -> words.append(violation(check, found, id)));
    }
    String verdict = audit.ok() ? "Clean: " : "NOT clean: ";
    return words
        .append(verdict)
        .append(audit.batches() == 1 ? "1 batch" : Words.number(audit.batches()) + " batches")
        .append(", ")
        .append(Words.items(audit.items()))
        .append(".\n")
        .toString();
  }

  private static String violation(Audit.Check check, JsonNode found, @Nullable String id) {
    String batch = found.path("batch_id").asString(id == null ? "" : id);
    String about = found.path("detail").asString(Words.json(found));
    return "%s: %s: %s%n".formatted(check.name(), batch.isEmpty() ? "?" : "batch " + batch, about);
  }
}
