package io.headgate.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine;

/** The entry point of the command line: all commands and their wiring. */
public final class Main {

  private Main() {}

  /** Runs one command and exits with an {@link ExitCode}. */
  public static void main(String[] args) {
    Terminal terminal = Terminal.system();
    int code = commandLine(terminal).execute(args);
    terminal.out().flush();
    System.exit(code);
  }

  static CommandLine commandLine(Terminal terminal) {
    Headgate headgate = new Headgate(terminal);
    Failures failures = new Failures(headgate);
    CommandLine line =
        new CommandLine(headgate)
            .addSubcommand(new SubmitCommand(headgate))
            .addSubcommand(new ListCommand(headgate))
            .addSubcommand(new ShowCommand(headgate))
            .addSubcommand(new WatchCommand(headgate))
            .addSubcommand(new CancelCommand(headgate))
            .addSubcommand(new CancelAllCommand(headgate))
            .addSubcommand(new ReceiptCommand(headgate))
            .addSubcommand(new SettlementCommand(headgate))
            .addSubcommand(new ResultsCommand(headgate))
            .addSubcommand(new ItemsCommand(headgate))
            .addSubcommand(new RetryCommand(headgate))
            .addSubcommand(new ResubmitCommand(headgate))
            .addSubcommand(new PauseCommand(headgate))
            .addSubcommand(new ResumeCommand(headgate))
            .addSubcommand(KeysCommand.withParts(headgate))
            .addSubcommand(TemplatesCommand.withParts(headgate))
            .addSubcommand(WebhooksCommand.withParts(headgate))
            .addSubcommand(AccountCommand.withParts(headgate))
            .addSubcommand(new NodesCommand(headgate))
            .addSubcommand(new ProcessorsCommand(headgate))
            .addSubcommand(new AuditCommand(headgate))
            .addSubcommand(new DemoCommand(headgate));
    line.getCommandSpec().usageMessage().exitCodeList(ExitCode.help());
    return line.registerConverter(Duration.class, Assignments::duration)
        .registerConverter(Instant.class, Assignments::instant)
        .registerConverter(Integer.class, Assignments::integer)
        .registerConverter(int.class, Assignments::integer)
        .registerConverter(Long.class, Assignments::whole)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(writer(terminal.out()))
        .setErr(writer(terminal.err()))
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }
}
