package io.headgate.api.house;

import io.headgate.access.AccessGate;
import io.headgate.access.Keys;
import io.headgate.audit.Audit;
import io.headgate.credit.Accounts;
import io.headgate.db.Database;
import io.headgate.db.LoopStatus;
import io.headgate.http.Cursors;
import io.headgate.http.Operation;
import io.headgate.processor.Processors;
import io.headgate.view.Nodes;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Creates the native operations on accounts, keys, processors, nodes, audits and probes. */
public final class HouseOperations {

  /** The parts that the operations on accounts and keys use. */
  public record House(
      Database database, InstantSource clock, Accounts accounts, Keys keys, Cursors cursors) {}

  /**
   * What operators look at.
   *
   * @param open false while the server starts or stops
   * @param failed true when this node cannot go on
   * @param loops every loop of this node, as it does now
   * @param metricsKeyed {@code /metrics} asks for a key on loopback too
   */
  public record Probes(
      BooleanSupplier open,
      BooleanSupplier failed,
      Supplier<List<LoopStatus>> loops,
      PrometheusMeterRegistry metrics,
      AccessGate gate,
      boolean metricsKeyed) {}

  private HouseOperations() {}

  public static List<Operation> of(House house, Processors processors, Probes probes) {
    Database database = house.database();
    Accounts accounts = house.accounts();
    Audit audit = new Audit(database, house.clock());
    return List.of(
        new ShowAccount(accounts),
        new ListJournal(accounts, house.cursors()),
        new ListAccounts(accounts, house.cursors()),
        new CreateAccount(database, accounts),
        new GrantCredits(database, accounts),
        new ListKeys(house.keys(), accounts, house.cursors()),
        new CreateKey(database, house.keys(), accounts, house.clock()),
        new RevokeKey(house.keys(), accounts),
        new ListProcessors(processors),
        new ListNodes(new Nodes(database), accounts),
        new AuditBatch(audit),
        new AuditHouse(audit, accounts),
        new ShowHealth(),
        new ShowReadiness(database, house.clock(), probes),
        new ShowMetrics(probes.metrics(), probes.gate(), probes.metricsKeyed()),
        new ShowOpenApi(),
        new ShowProblem());
  }
}
