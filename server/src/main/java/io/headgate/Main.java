package io.headgate;

import io.headgate.config.Config;
import io.headgate.config.ConfigException;
import io.headgate.node.FailureReaction;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The commands of the server: serve, check, migrate. All other commands belong to the client. */
@Command(
    name = "headgate",
    mixinStandardHelpOptions = true,
    subcommands = {Main.Serve.class, Main.Check.class, Main.Migrate.class})
public final class Main {

  private static final int EXIT_INVALID_CONFIGURATION = 2;
  private static final int EXIT_START_FAILED = 1;

  @Command(name = "serve", description = "Runs the server until it receives SIGTERM or SIGINT")
  static final class Serve implements Callable<Integer> {
    @Mixin CommandLineSettings settings = new CommandLineSettings();

    @Override
    public Integer call() throws Exception {
      Config config = settings.config();
      FailureReaction exit = ProcessExit.armed();
      FutureTask<Server> start = new FutureTask<>(() -> Server.start(config, List.of(), exit));
      CountDownLatch stopped = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    stop(start);
                    stopped.countDown();
                  },
                  "headgate-stop"));
      start.run();
      System.out.println("headgate ready on " + started(start).address());
      System.out.flush();
      stopped.await();
      return 0;
    }

    private static Server started(FutureTask<Server> start) throws Exception {
      try {
        return start.get();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }

    /** Waits for a start in progress: it may have started a PostgreSQL that must be stopped. */
    private static void stop(FutureTask<Server> start) {
      try {
        start.get().close();
      } catch (ExecutionException _) {
        // a failed start has closed everything itself
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Command(name = "check", description = "Validates the configuration and exits")
  static final class Check implements Callable<Integer> {
    @Mixin CommandLineSettings settings = new CommandLineSettings();

    @Override
    public Integer call() {
      settings.config();
      System.out.println("the configuration is valid");
      return 0;
    }
  }

  @Command(name = "migrate", description = "Migrates the database schema to this version and exits")
  static final class Migrate implements Callable<Integer> {
    @Mixin CommandLineSettings settings = new CommandLineSettings();

    @Override
    public Integer call() {
      DatabaseModule.migrate(settings.config().storage());
      System.out.println("the schema is up to date");
      return 0;
    }
  }

  private Main() {}

  public static void main(String[] args) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    CommandLine line =
        new CommandLine(new Main())
            .setExecutionExceptionHandler((problem, command, result) -> report(problem));
    int exit;
    try {
      exit = line.execute(args);
    } catch (Error e) {
      exit = report(e); // other threads would keep the process alive
    }
    System.exit(exit);
  }

  private static int report(Throwable problem) {
    if (problem instanceof ConfigException config) {
      config.sentences().forEach(sentence -> System.err.println("headgate: " + sentence));
      return EXIT_INVALID_CONFIGURATION;
    }
    System.err.println("headgate: did not start: " + ErrorMessages.of(problem));
    return EXIT_START_FAILED;
  }
}
