package io.headgate.cli;

import io.headgate.client.HeadgateException;
import io.headgate.client.Problem;
import io.headgate.client.UnreachableException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints failures with advice on what to do next, and maps them to exit codes. */
final class ErrorHandler implements IExecutionExceptionHandler, IParameterExceptionHandler {

  private static final String NO_SERVER_ADVICE =
      "Start a server with './headgate serve', or set --url or HEADGATE_URL.\n";

  private static final String WEBHOOKS = "headgate webhooks";
  private static final String TEMPLATES = "headgate templates";

  private final HeadgateCommand headgate;

  ErrorHandler(HeadgateCommand headgate) {
    this.headgate = headgate;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    PrintStream err = headgate.terminal().err();
    CommandLine command = failure.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    err.println(name + ": " + failure.getMessage());
    if (failure instanceof UnmatchedArgumentException unmatched) {
      UnmatchedArgumentException.printSuggestions(unmatched, err);
    }
    err.println("Try '" + name + " --help'.");
    return ExitCode.USAGE.code();
  }

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, @Nullable ParseResult parsed) {
    return switch (failure) {
      case HeadgateException refusal -> reportRefusal(refusal, command).code();
      case UnreachableException noResponse -> reportUnreachable(noResponse).code();
      default -> {
        headgate.terminal().err().println("headgate: " + reason(failure));
        yield ExitCode.FAILED.code();
      }
    };
  }

  private ExitCode reportRefusal(HeadgateException refusal, CommandLine command) {
    Problem problem = refusal.problem();
    ExitCode code = ExitCode.of(problem);
    if (headgate.json()) {
      byte[] bytes = refusal.bytes();
      headgate.terminal().out().write(bytes, 0, bytes.length);
    }
    PrintStream err = headgate.terminal().err();
    err.println("headgate: " + describe(code, problem));
    if (!detailRepeatsOnlyError(problem)) {
      problem.errors().forEach(error -> err.println("  " + describe(error)));
    }
    err.print(advice(code, refusal, command.getCommandSpec().qualifiedName()));
    return code;
  }

  private ExitCode reportUnreachable(UnreachableException noResponse) {
    PrintStream err = headgate.terminal().err();
    err.println("headgate: " + noResponse.getMessage());
    err.print(NO_SERVER_ADVICE);
    return ExitCode.UNREACHABLE;
  }

  private static String describe(ExitCode code, Problem problem) {
    if (code == ExitCode.NOT_FOUND) { // unknown ids and ids of other accounts look the same
      return code.meaning() + " for the key in use (" + problem.code() + ")";
    }
    return Stream.of(problem.title(), problem.detail())
        .filter(part -> part != null && !part.isBlank())
        .distinct()
        .collect(Collectors.joining(": ", "", " (" + problem.code() + ")"));
  }

  private static boolean detailRepeatsOnlyError(Problem problem) {
    String detail = problem.detail();
    String message = problem.errors().size() == 1 ? problem.errors().getFirst().message() : null;
    return detail != null && message != null && detail.contains(message);
  }

  private static String describe(Problem.InputError error) {
    String line = error.line() == null ? null : "line " + error.line();
    String field = error.field() == null ? error.pointer() : error.field();
    return Stream.of(line, field, error.message())
        .filter(part -> part != null && !part.isBlank())
        .collect(Collectors.joining(": "));
  }

  private static String advice(ExitCode code, HeadgateException refusal, String command) {
    return switch (code) {
      case NOT_AUTHORISED ->
          "Set --key or HEADGATE_API_KEY. 'headgate serve' writes the first key to admin.key in its"
              + " data folder.\n";
      case NOT_FOUND -> notFoundAdvice(command);
      case CONFLICT ->
          command.startsWith(WEBHOOKS)
              ? "'headgate webhooks deliveries ID --state pending' lists what waits.\n"
              : "'headgate show ID' shows the state of the batch.\n";
      case OUT_OF_CREDITS -> "'headgate account' shows the balance.\n";
      case SERVER_ERROR ->
          refusal.retryAfter() == null
              ? "Try again. The log of the server has the details.\n"
              : "Try again in " + refusal.retryAfter().toSeconds() + " s.\n";
      case BAD_INPUT ->
          "invalid-items".equals(refusal.problem().code())
              ? "Correct the lines, or store the valid ones with --skip-bad-lines. The first line"
                  + " of a CSV file names its columns.\n"
              : "";
      case UNREACHABLE -> NO_SERVER_ADVICE;
      case OK, FAILED, USAGE -> "";
    };
  }

  private static String notFoundAdvice(String command) {
    if (command.startsWith(TEMPLATES)) {
      return "'headgate templates' lists the templates.\n";
    }
    return switch (command) {
      case WEBHOOKS + " redeliver" ->
          "'headgate webhooks' and 'headgate webhooks deliveries ID' list what exists.\n";
      case String webhooks when webhooks.startsWith(WEBHOOKS) ->
          "'headgate webhooks' lists the webhooks.\n";
      case "headgate receipt", "headgate settlement" ->
          "A batch has one after it is cancelled. 'headgate show ID' shows its state.\n";
      case "headgate items" -> "'headgate list' and 'headgate items ID' list what exists.\n";
      case "headgate keys revoke" -> "'headgate keys' lists the keys.\n";
      default -> "'headgate list' lists the batches.\n";
    };
  }

  private static String reason(Exception failure) {
    String message = failure.getMessage();
    return switch (failure) {
      case NoSuchFileException _ -> "no such file or folder: " + message;
      case AccessDeniedException _ -> "access denied: " + message;
      case FileSystemException file when file.getReason() == null ->
          "cannot use the file " + message;
      default -> message == null ? failure.getClass().getSimpleName() : message;
    };
  }
}
