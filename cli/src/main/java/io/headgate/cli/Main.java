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
    HeadgateCommand headgate = new HeadgateCommand(terminal);
    ErrorHandler failures = new ErrorHandler(headgate);
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
            .addSubcommand(KeysCommand.withSubcommands(headgate))
            .addSubcommand(TemplatesCommand.withSubcommands(headgate))
            .addSubcommand(WebhooksCommand.withSubcommands(headgate))
            .addSubcommand(AccountCommand.withSubcommands(headgate))
            .addSubcommand(new NodesCommand(headgate))
            .addSubcommand(new ProcessorsCommand(headgate))
            .addSubcommand(new AuditCommand(headgate))
            .addSubcommand(new DemoCommand(headgate));
    line.getCommandSpec().usageMessage().exitCodeList(ExitCode.help());
    return line.registerConverter(Duration.class, ArgumentParser::duration)
        .registerConverter(Instant.class, ArgumentParser::instant)
        .registerConverter(Integer.class, ArgumentParser::integer)
        .registerConverter(int.class, ArgumentParser::integer)
        .registerConverter(Long.class, ArgumentParser::wholeNumber)
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
