package io.headgate.api.admin;

import io.headgate.access.AccessFilter;
import io.headgate.access.ApiKeys;
import io.headgate.audit.Audit;
import io.headgate.credit.Accounts;
import io.headgate.db.Database;
import io.headgate.db.LoopStatus;
import io.headgate.http.Operation;
import io.headgate.http.PageCursors;
import io.headgate.processor.Processors;
import io.headgate.view.NodeReader;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Creates the native operations on accounts, keys, processors, nodes, audits and probes. */
public final class AdminOperations {

  /** The parts that the operations on accounts and keys use. */
  public record AccountServices(
      Database database,
      InstantSource clock,
      Accounts accounts,
      ApiKeys keys,
      PageCursors cursors) {}

  /**
   * What the operator pages read.
   *
   * @param open false while the server starts or stops
   * @param failed true when this node has failed
   * @param loops every loop of this node, as it does now
   * @param metricsKeyed {@code /metrics} requires a key on loopback too
   */
  public record Probes(
      BooleanSupplier open,
      BooleanSupplier failed,
      Supplier<List<LoopStatus>> loops,
      PrometheusMeterRegistry metrics,
      AccessFilter gate,
      boolean metricsKeyed) {}

  private AdminOperations() {}

  public static List<Operation> of(AccountServices services, Processors processors, Probes probes) {
    Database database = services.database();
    Accounts accounts = services.accounts();
    Audit audit = new Audit(database, services.clock());
    return List.of(
        new ShowAccount(accounts),
        new ListJournal(accounts, services.cursors()),
        new ListAccounts(accounts, services.cursors()),
        new CreateAccount(database, accounts),
        new GrantCredits(database, accounts),
        new ListKeys(services.keys(), accounts, services.cursors()),
        new CreateKey(database, services.keys(), accounts, services.clock()),
        new RevokeKey(services.keys(), accounts),
        new ListProcessors(processors),
        new ListNodes(new NodeReader(database), accounts),
        new AuditBatch(audit),
        new AuditAllBatches(audit, accounts),
        new ShowHealth(),
        new ShowReadiness(database, services.clock(), probes),
        new ShowMetrics(probes.metrics(), probes.gate(), probes.metricsKeyed()),
        new ShowOpenApi(),
        new ShowProblem());
  }
}
