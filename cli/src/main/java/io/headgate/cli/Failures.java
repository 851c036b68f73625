package io.headgate.cli;

import io.headgate.client.HeadgateException;
import io.headgate.client.Problem;
import io.headgate.client.UnreachableException;
import java.io.PrintStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into words that say what to do next, and into an exit code. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

  private final Headgate headgate;

  Failures(Headgate headgate) {
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
      case HeadgateException refusal -> refused(refusal).code();
      case UnreachableException silence -> unreachable(silence).code();
      default -> {
        headgate.terminal().err().println("headgate: " + reason(failure));
        yield ExitCode.FAILED.code();
      }
    };
  }

  private ExitCode refused(HeadgateException refusal) {
    Problem problem = refusal.problem();
    ExitCode code = ExitCode.of(problem);
    if (headgate.json()) {
      byte[] bytes = refusal.bytes();
      headgate.terminal().out().write(bytes, 0, bytes.length);
    }
    PrintStream err = headgate.terminal().err();
    err.println("headgate: " + words(problem));
    for (Problem.InputError error : problem.errors()) {
      err.println("  " + words(error));
    }
    err.print(advice(code, refusal));
    return code;
  }

  private ExitCode unreachable(UnreachableException silence) {
    PrintStream err = headgate.terminal().err();
    err.println("headgate: " + silence.getMessage());
    err.println("Start one with './headgate serve', or name another with --url or HEADGATE_URL.");
    return ExitCode.UNREACHABLE;
  }

  private static String words(Problem problem) {
    return Stream.of(problem.title(), problem.detail())
        .filter(part -> part != null && !part.isBlank())
        .distinct()
        .collect(Collectors.joining(": ", "", " (" + problem.code() + ")"));
  }

  private static String words(Problem.InputError error) {
    String line = error.line() == null ? null : "line " + error.line();
    String field = error.field() == null ? error.pointer() : error.field();
    return Stream.of(line, field, error.message())
        .filter(part -> part != null && !part.isBlank())
        .collect(Collectors.joining(": "));
  }

  private String advice(ExitCode code, HeadgateException refusal) {
    return switch (code) {
      case NOT_AUTHORISED ->
          "Give a key with --key or HEADGATE_API_KEY; 'serve' wrote the first one to"
              + " DIR/admin.key of its --data DIR.\n";
      case NOT_FOUND -> "See what there is with 'headgate list'.\n";
      case CONFLICT -> "See where the batch stands with 'headgate show ID'.\n";
      case OUT_OF_CREDITS -> "See the balance with 'headgate account'.\n";
      case SERVER_ERROR ->
          refusal.retryAfter() == null
              ? "Try again; the server's log says more.\n"
              : "Try again in " + refusal.retryAfter().toSeconds() + " s.\n";
      case OK, FAILED, USAGE, UNREACHABLE, BAD_INPUT -> "";
    };
  }

  private static String reason(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
