package io.headgate.docs;

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
final class CommandRunner implements AutoCloseable {

  /** Commands that are not run, with the reason. */
  private static final Map<String, String> SKIPPED =
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
  private static final Pattern NEEDS_OTHER_DATA =
      Pattern.compile("\\./headgate (migrate|serve) ?.*");

  private static final Pattern HOST = Pattern.compile("https://(api\\.)?example\\.com");
  static final Pattern UUID = Pattern.compile("\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-\\w{12}\\b");
  private static final Pattern ID = Pattern.compile("(?<= )ID\\b");
  private static final Pattern ID_TO_FILL_IN = Pattern.compile("^ID=\\S+");
  private static final Pattern CREATES_BATCH = Pattern.compile("submit|^curl");
  private static final Pattern CANCEL = Pattern.compile("^[^#]*(cancel(?!.*preview)|-X DELETE)");
  private static final JsonMapper JSON = JsonMapper.shared();

  private final DocsServer server;
  private final Shell shell;
  private final List<String> differences = new ArrayList<>();
  private String id = "no-batch-yet";

  CommandRunner(DocsServer server) throws IOException {
    this.server = server;
    this.shell = server.shell();
  }

  /** The differences between the page and what happened; empty when there are none. */
  List<String> differences() {
    return differences;
  }

  /** Runs a command and compares its output with the response on the page. */
  void run(DocsPage.CommandStep step) throws Exception {
    String command = step.command();
    if (isSkipped(command)) {
      return;
    }
    Shell.ShellResult result = execute(fillIn(command));
    if (CREATES_BATCH.matcher(command).find() && !ID.matcher(command).find()) {
      Matcher printed = UUID.matcher(result.output());
      id = printed.find() ? printed.group() : id;
    }
    if (CANCEL.matcher(command).find()) {
      server.site.respondToAll();
    }
    difference(step, result)
        .ifPresent(
            difference -> differences.add(command + "\n  " + difference + "\n" + result.output()));
  }

  private static boolean isSkipped(String command) {
    return SKIPPED.keySet().stream()
        .anyMatch(start -> Pattern.compile(start).matcher(command).lookingAt());
  }

  private String fillIn(String command) {
    String hosts = HOST.matcher(command).replaceAll(server.site.url());
    String ids = ID_TO_FILL_IN.matcher(hosts).replaceFirst("ID=" + id);
    return ID.matcher(ids).replaceAll(id);
  }

  private Shell.ShellResult execute(String command) throws Exception {
    String adapted =
        NEEDS_OTHER_DATA.matcher(command).matches()
            ? "env HEADGATE_DATA=other " + command
            : command;
    for (Map.Entry<String, String> endless : ENDLESS.entrySet()) {
      if (command.startsWith(endless.getKey())) {
        return shell.runInterrupted(adapted, endless.getValue());
      }
    }
    return shell.run(adapted);
  }

  private static Optional<String> difference(DocsPage.CommandStep step, Shell.ShellResult result) {
    if (result.exit() != 0) {
      return Optional.of("exit code " + result.exit());
    }
    int mark = result.output().lastIndexOf(DocsServer.STATUS);
    if (step.command().startsWith("curl ")
        && !result.output().startsWith("2", mark + DocsServer.STATUS.length())) {
      return Optional.of("the status is not 2xx");
    }
    String response = mark < 0 ? result.output() : result.output().substring(0, mark);
    return Optional.ofNullable(structuralDifferences(step.response(), response));
  }

  private static @Nullable String structuralDifferences(@Nullable String shown, String response) {
    if (shown == null) {
      return null;
    }
    JsonNode expected = JSON.readTree(shown);
    List<String> differences = JsonStructure.differences(expected, JSON.readTree(response));
    return differences.isEmpty() ? null : String.join("\n  ", differences);
  }

  @Override
  public void close() {
    shell.close();
  }
}
