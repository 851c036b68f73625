package io.headgate.simulate;

import io.headgate.audit.Audit;
import io.headgate.audit.AuditReport;
import io.headgate.db.Database;
import io.headgate.db.Tx;
import io.headgate.simulate.SimulationHistory.Breach;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Runs seeded simulations of the engine on a real PostgreSQL. Each step is one operation of the
 * engine by a random actor; after each step all laws are checked against the rows. The same seed
 * always produces the same history.
 *
 * <p>Steps do not overlap, so a simulation finds no races. Instances are not safe for concurrent
 * use; each needs a database of its own.
 */
public final class Simulation implements AutoCloseable {

  /** The default number of steps of a seed. */
  public static final int STEPS = 100;

  /** The audit is slower than the laws, so it runs less often. */
  private static final int STEPS_BETWEEN_AUDITS = 25;

  /**
   * The data need not survive a crash. Joins are restricted to plans whose order of rows does not
   * depend on statistics, which change with autovacuum.
   */
  private static final List<String> SETTINGS =
      List.of("synchronous_commit = off", "enable_hashjoin = off", "enable_mergejoin = off");

  private static final String TRUNCATE =
      """
      truncate account, credit_delta, batch, item, item_relation, ahead, deferred, node, claim,
               interruption, result, receipt, credit_entry, operation, operation_batch, event, webhook_progress
      restart identity cascade
      """;

  private final Database database;

  private Simulation(Database database) {
    this.database = database;
  }

  /**
   * Opens a simulation on a database.
   *
   * @param address of a database for this simulation alone; all its rows are deleted
   */
  public static Simulation on(Database.DatabaseAddress address) {
    try (Database setup = Database.open(address)) {
      setup.migrate();
      SETTINGS.forEach(setting -> setup.useTransaction(tx -> set(tx, setting)));
    }
    return new Simulation(Database.open(address));
  }

  private static void set(Tx tx, String setting) {
    String database = tx.query("select current_database()").mapTo(String.class).one();
    tx.update("alter database %s set %s".formatted(database, setting)).execute();
  }

  /**
   * Runs a seed: {@code steps} random steps, then the final phase, in which every batch finishes.
   * It ends early when a law is violated.
   */
  public SimulationHistory play(long seed, int steps) {
    List<String> story = new ArrayList<>();
    Breach breach = null;
    try {
      database.useTransaction(tx -> tx.update(TRUNCATE).execute());
      World world = new World(database, seed);
      for (int step = 1; step <= steps; step++) {
        step(world, Actors.next(world), story);
      }
      FinalPhase rest = new FinalPhase();
      while (!rest.isComplete(world)) {
        step(world, rest, story);
      }
      step(world, AccountActors::resubmitRetried, story);
      step(world, DeliveryActor::deliverAll, story);
      audit(world);
    } catch (LawViolation broken) {
      breach = new Breach(broken.law, broken.detail(), story.size());
    }
    return new SimulationHistory(seed, steps, story, breach);
  }

  private void step(World world, Actor actor, List<String> history) {
    world.beginStep();
    int number = history.size();
    history.add("(did not end)");
    history.set(number, act(world, actor));
    world.distributeEvents();
    world.checkLaws();
    if (history.size() % STEPS_BETWEEN_AUDITS == 0) {
      audit(world);
    }
  }

  private static String act(World world, Actor actor) {
    try {
      String what = actor.act(world);
      // The engine contains such faults; here each of them is a breach.
      world
          .engine
          .faults()
          .last()
          .ifPresent(fault -> {
            throw fault;
          });
      return what;
    } catch (LawViolation broken) {
      throw broken;
    } catch (RuntimeException e) {
      RuntimeException fault = world.engine.faults().last().orElse(e);
      ServerErrorMessage refusal = schemaRefusal(fault);
      throw refusal == null
          ? new LawViolation("the engine does not fail", fault.toString())
          : new LawViolation(
              "the schema never refuses a change",
              refusal.getConstraint() + ": " + refusal.getMessage());
    }
  }

  private static @Nullable ServerErrorMessage schemaRefusal(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PSQLException refused && isRefusal(refused)) {
        return refused.getServerErrorMessage();
      }
    }
    return null;
  }

  /** Class 23 is a violated constraint; P0001 is raised by triggers. */
  private static boolean isRefusal(SQLException refused) {
    String state = refused.getSQLState();
    return state != null && (state.startsWith("23") || state.equals("P0001"));
  }

  private void audit(World world) {
    for (AuditReport.CheckResult check : new Audit(database, world::now).all().checks()) {
      LawViolation.unless(
          check.ok(), "the audit is clean", check.name() + ": " + check.violations());
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
