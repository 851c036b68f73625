package io.headgate.cli;

import io.headgate.client.Problem;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a command tells the script that called it. */
enum ExitCode {
  OK(0, "done"),
  FAILED(
      1, "what was asked about failed: a watched batch did not complete, an audit found a fault"),
  USAGE(2, "the command line is wrong"),
  NOT_AUTHORISED(3, "no key, a wrong key, or one without the scope"),
  NOT_FOUND(4, "no such batch, item, receipt, key, webhook or template"),
  CONFLICT(5, "the batch's state does not allow it"),
  UNREACHABLE(6, "the server cannot be reached"),
  SERVER_ERROR(7, "the server failed or is too busy"),
  BAD_INPUT(8, "the server refused the input"),
  OUT_OF_CREDITS(9, "the account's credits do not cover it");

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

  /** Every code and its meaning, for the help. */
  static Map<String, String> help() {
    Map<String, String> help = new LinkedHashMap<>();
    for (ExitCode each : values()) {
      help.put(String.valueOf(each.code), each.meaning);
    }
    return help;
  }

  static ExitCode of(Problem problem) {
    if ("unexpected-answer".equals(problem.code())) {
      return UNREACHABLE; // something answers there, but it is no Headgate
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
