package io.headgate.pages;

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
record Page(Path path, List<Block> blocks, List<String> inText) {

  static final Path ROOT = Path.of("..");

  private static final Pattern FENCE = Pattern.compile("```(\\w*)");
  private static final Pattern COMMAND_END = Pattern.compile("(?<!\\\\)\n");
  private static final Pattern COMMAND_IN_TEXT = Pattern.compile("`(\\./headgate [^`]*)`");

  /** A fenced code block and its heading. */
  record Block(String heading, String language, String text) {

    /** The commands of the block. A backslash continues a command on the next line. */
    List<String> commands() {
      return COMMAND_END
          .splitAsStream(text)
          .filter(command -> !command.isBlank() && !command.startsWith("#"))
          .toList();
    }
  }

  /** A command and the response that the page shows for it; null when it shows none. */
  record Step(String command, @Nullable String answer) {}

  static Page of(String name) {
    return read(ROOT.resolve(name));
  }

  /** Reads every page of the documentation. */
  static List<Page> all() {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(top, docs)
          .filter(path -> path.toString().endsWith(".md"))
          .sorted()
          .map(Page::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The commands in the order of the page. A JSON block that follows directly under the same
   * heading is the response to the last command.
   */
  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    String typedUnder = "";
    for (Block block : blocks) {
      if (block.language().equals("sh")) {
        block.commands().forEach(command -> steps.add(new Step(command, null)));
      } else if (block.language().equals("json") && block.heading().equals(typedUnder)) {
        steps.add(new Step(steps.removeLast().command(), block.text()));
      }
      typedUnder = block.language().equals("sh") ? block.heading() : "";
    }
    return steps;
  }

  private static Page read(Path path) {
    try {
      String text = Files.readString(path);
      Matcher inText = COMMAND_IN_TEXT.matcher(text.replace('\n', ' '));
      return new Page(path, blocks(text), inText.results().map(found -> found.group(1)).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Block> blocks(String text) {
    List<Block> blocks = new ArrayList<>();
    String heading = "";
    String language = null;
    StringBuilder block = new StringBuilder();
    for (String line : text.lines().toList()) {
      Matcher fence = FENCE.matcher(line);
      if (fence.matches() && language == null) {
        language = fence.group(1);
      } else if (fence.matches() && language != null) {
        blocks.add(new Block(heading, language, block.toString()));
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
