package io.headgate.pages;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the commands of pages. It replaces the placeholder ID with the id that was printed last, and
 * example.com with the local web site.
 */
final class Reader implements AutoCloseable {

  /** Commands that are not run, with the reason. */
  private static final Map<String, String> LEFT_OUT =
      Map.of(
          "mvn |\\.ci/run", "the build that runs this test",
          "createuser |createdb |HEADGATE_DATABASE_URL=", "requires an external PostgreSQL",
          "(HEADGATE_JAVA_OPTS=\\S+ )?\\./headgate (bench|simulate)(?! --help)", "takes minutes",
          "\\./headgate serve *(#.*)?$", "the server of this test was started with it",
          "\\./headgate COMMAND", "stands for any command");

  /** Commands that run until they are interrupted, and the output to wait for before that. */
  private static final Map<String, String> ENDLESS =
      Map.of("./headgate watch ", " items", "./headgate serve --config", "headgate ready on");

  /** Commands that must not use the data folder of the running server. */
  private static final Pattern ELSEWHERE = Pattern.compile("\\./headgate (migrate|serve) ?.*");

  private static final Pattern HOST = Pattern.compile("https://(api\\.)?example\\.com");
  static final Pattern UUID = Pattern.compile("\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-\\w{12}\\b");
  private static final Pattern ID = Pattern.compile("(?<= )ID\\b");
  private static final Pattern ID_TO_FILL_IN = Pattern.compile("^ID=\\S+");
  private static final Pattern MAKES_A_BATCH = Pattern.compile("submit|^curl");
  private static final Pattern CANCEL = Pattern.compile("^[^#]*(cancel(?!.*preview)|-X DELETE)");
  private static final JsonMapper JSON = JsonMapper.shared();

  private final House house;
  private final Shell shell;
  private final List<String> complaints = new ArrayList<>();
  private String id = "no-batch-yet";

  Reader(House house) throws IOException {
    this.house = house;
    this.shell = house.shell();
  }

  /** The differences between the page and what happened; empty when there are none. */
  List<String> complaints() {
    return complaints;
  }

  /** Runs a command and compares its output with the response on the page. */
  void type(Page.Step step) throws Exception {
    String command = step.command();
    if (isLeftOut(command)) {
      return;
    }
    Shell.Ran ran = run(filledIn(command));
    if (MAKES_A_BATCH.matcher(command).find() && !ID.matcher(command).find()) {
      Matcher printed = UUID.matcher(ran.output());
      id = printed.find() ? printed.group() : id;
    }
    if (CANCEL.matcher(command).find()) {
      house.site.answerAll();
    }
    complaint(step, ran)
        .ifPresent(words -> complaints.add(command + "\n  " + words + "\n" + ran.output()));
  }

  private static boolean isLeftOut(String command) {
    return LEFT_OUT.keySet().stream()
        .anyMatch(start -> Pattern.compile(start).matcher(command).lookingAt());
  }

  private String filledIn(String command) {
    String hosts = HOST.matcher(command).replaceAll(house.site.url());
    String ids = ID_TO_FILL_IN.matcher(hosts).replaceFirst("ID=" + id);
    return ID.matcher(ids).replaceAll(id);
  }

  private Shell.Ran run(String command) throws Exception {
    String placed =
        ELSEWHERE.matcher(command).matches() ? "env HEADGATE_DATA=other " + command : command;
    for (Map.Entry<String, String> endless : ENDLESS.entrySet()) {
      if (command.startsWith(endless.getKey())) {
        return shell.interrupted(placed, endless.getValue());
      }
    }
    return shell.run(placed);
  }

  private static Optional<String> complaint(Page.Step step, Shell.Ran ran) {
    if (ran.exit() != 0) {
      return Optional.of("exit code " + ran.exit());
    }
    int mark = ran.output().lastIndexOf(House.STATUS);
    if (step.command().startsWith("curl ")
        && !ran.output().startsWith("2", mark + House.STATUS.length())) {
      return Optional.of("the status is not 2xx");
    }
    String answer = mark < 0 ? ran.output() : ran.output().substring(0, mark);
    return Optional.ofNullable(otherThanShown(step.answer(), answer));
  }

  private static @Nullable String otherThanShown(@Nullable String shown, String answer) {
    if (shown == null) {
      return null;
    }
    JsonNode expected = JSON.readTree(shown);
    List<String> differences = Shape.differences(expected, JSON.readTree(answer));
    return differences.isEmpty() ? null : String.join("\n  ", differences);
  }

  @Override
  public void close() {
    shell.close();
  }
}
