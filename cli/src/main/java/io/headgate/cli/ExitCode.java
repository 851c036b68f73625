package io.headgate.cli;

import io.headgate.client.Problem;
import java.util.LinkedHashMap;
import java.util.Map;

/** The exit codes of the command line. */
enum ExitCode {
  OK(0, "success"),
  FAILED(1, "the command failed, a watched batch did not complete, or an audit found violations"),
  USAGE(2, "the command line is invalid"),
  NOT_AUTHORISED(3, "the key is missing, invalid, or lacks the scope"),
  NOT_FOUND(4, "no such batch, item, receipt, key, webhook or template"),
  CONFLICT(5, "the state of the batch does not allow it"),
  UNREACHABLE(6, "the server is unreachable"),
  SERVER_ERROR(7, "the server failed or is overloaded"),
  BAD_INPUT(8, "the server rejected the input"),
  OUT_OF_CREDITS(9, "the account has too few credits");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  int code() {
    return code;
  }

  String meaning() {
    return meaning;
  }

  /** All codes with their meanings, for {@code --help}. */
  static Map<String, String> help() {
    Map<String, String> help = new LinkedHashMap<>();
    for (ExitCode each : values()) {
      help.put(String.valueOf(each.code), each.meaning);
    }
    return help;
  }

  static ExitCode of(Problem problem) {
    if ("unexpected-answer".equals(problem.code())) {
      return UNREACHABLE; // another server responds at this URL
    }
    return switch (problem.status()) {
      case 401, 403 -> NOT_AUTHORISED;
      case 402 -> OUT_OF_CREDITS;
      case 404 -> NOT_FOUND;
      case 409 -> CONFLICT;
      case 429 -> SERVER_ERROR;
      default -> problem.status() < 500 ? BAD_INPUT : SERVER_ERROR;
    };
  }
}
