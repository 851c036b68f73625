package io.headgate.cli;

import io.headgate.client.Audit;
import io.headgate.client.HeadgateClient;
import io.headgate.client.Response;
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

  private final HeadgateCommand headgate;

  AuditCommand(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public Integer call() {
    try (HeadgateClient client = headgate.client()) {
      Response<Audit> audit = id == null ? client.audit() : client.audit(id);
      headgate.show(audit, result -> format(result, id));
      return (audit.value().ok() ? ExitCode.OK : ExitCode.FAILED).code();
    }
  }

  static String format(Audit audit, @Nullable String id) {
    Table table = Table.of("CHECK", "", "VIOLATIONS");
    for (Audit.Check check : audit.checks()) {
      table.row(check.name(), check.ok() ? "ok" : "VIOLATED", check.violations().size());
    }
    StringBuilder text = new StringBuilder(table.toString());
    for (Audit.Check check : audit.checks()) {
      check.violations().forEach(violation -> text.append(violation(check, violation, id)));
    }
    String verdict = audit.ok() ? "Clean: " : "NOT clean: ";
    return text.append(verdict)
        .append(audit.batches() == 1 ? "1 batch" : TextFormat.number(audit.batches()) + " batches")
        .append(", ")
        .append(TextFormat.items(audit.items()))
        .append(".\n")
        .toString();
  }

  private static String violation(Audit.Check check, JsonNode violation, @Nullable String id) {
    String batch = violation.path("batch_id").asString(id == null ? "" : id);
    String detail = violation.path("detail").asString(TextFormat.json(violation));
    return "%s: %s: %s%n".formatted(check.name(), batch.isEmpty() ? "?" : "batch " + batch, detail);
  }
}
