package io.headgate.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A page of the documentation with its code blocks and the commands in its text. */
record DocsPage(Path path, List<CodeBlock> blocks, List<String> inlineCommands) {

  static final Path ROOT = Path.of("..");

  private static final Pattern FENCE = Pattern.compile("```(\\w*)");
  private static final Pattern COMMAND_END = Pattern.compile("(?<!\\\\)\n");
  private static final Pattern COMMAND_IN_TEXT = Pattern.compile("`(\\./headgate [^`]*)`");

  /** A fenced code block and its heading. */
  record CodeBlock(String heading, String language, String text) {

    /** The commands of the block. A backslash continues a command on the next line. */
    List<String> commands() {
      return COMMAND_END
          .splitAsStream(text)
          .filter(command -> !command.isBlank() && !command.startsWith("#"))
          .toList();
    }
  }

  /** A command and the response that the page shows for it; null when it shows none. */
  record CommandStep(String command, @Nullable String response) {}

  static DocsPage of(String name) {
    return read(ROOT.resolve(name));
  }

  /** Reads every page of the documentation. */
  static List<DocsPage> all() {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(top, docs)
          .filter(path -> path.toString().endsWith(".md"))
          .sorted()
          .map(DocsPage::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The commands in the order of the page. A JSON block that follows directly under the same
   * heading is the response to the last command.
   */
  List<CommandStep> steps() {
    List<CommandStep> steps = new ArrayList<>();
    String commandHeading = "";
    for (CodeBlock block : blocks) {
      if (block.language().equals("sh")) {
        block.commands().forEach(command -> steps.add(new CommandStep(command, null)));
      } else if (block.language().equals("json") && block.heading().equals(commandHeading)) {
        steps.add(new CommandStep(steps.removeLast().command(), block.text()));
      }
      commandHeading = block.language().equals("sh") ? block.heading() : "";
    }
    return steps;
  }

  private static DocsPage read(Path path) {
    try {
      String text = Files.readString(path);
      Matcher inText = COMMAND_IN_TEXT.matcher(text.replace('\n', ' '));
      return new DocsPage(
          path, blocks(text), inText.results().map(found -> found.group(1)).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<CodeBlock> blocks(String text) {
    List<CodeBlock> blocks = new ArrayList<>();
    String heading = "";
    String language = null;
    StringBuilder block = new StringBuilder();
    for (String line : text.lines().toList()) {
      Matcher fence = FENCE.matcher(line);
      if (fence.matches() && language == null) {
        language = fence.group(1);
      } else if (fence.matches() && language != null) {
        blocks.add(new CodeBlock(heading, language, block.toString()));
        language = null;
        block.setLength(0);
      } else if (language != null) {
        block.append(line).append('\n');
      } else if (line.startsWith("#")) {
        heading = line.replaceFirst("^#+ *", "");
      }
    }
    return blocks;
  }
}
