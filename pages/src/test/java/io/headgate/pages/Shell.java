package io.headgate.pages;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs commands one after the other in one shell process, so that they share its variables. */
final class Shell implements AutoCloseable {

  private static final String END = "<<<exit ";
  private static final int LONGEST_SECONDS = 180;
  private static final int INTERRUPTED = 130;

  /** The exit code and the output of a command. */
  record Ran(int exit, String output) {}

  private final ProcessBuilder builder;
  private final Process process;
  private final Writer in;
  private final BufferedReader out;

  /**
   * Starts the shell.
   *
   * @param builder the folder and environment of the shell
   */
  Shell(ProcessBuilder builder) throws IOException {
    this.builder = builder.redirectErrorStream(true);
    this.process = builder.command("sh").start();
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    this.out = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Runs a command and waits until it has ended. */
  Ran run(String command) throws Exception {
    in.write("{ " + command + "\n} </dev/null 2>&1\nprintf '\\n" + END + "%d\\n' $?\n");
    in.flush();
    return within(command, process, () -> readUntilEnd(command));
  }

  /** Runs a command in its own process and interrupts it when it has printed {@code words}. */
  Ran interrupted(String command, String words) throws Exception {
    Process apart = builder.command("sh", "-c", "exec " + command).start();
    Ran ran =
        within(
            command,
            apart,
            () -> {
              try (BufferedReader said = apart.inputReader(StandardCharsets.UTF_8)) {
                String before = readUntil(words, said);
                new ProcessBuilder("kill", "-INT", String.valueOf(apart.pid())).start().waitFor();
                String after = String.join("\n", said.lines().toList());
                return new Ran(apart.waitFor(), before + after);
              }
            });
    return ran.exit() == INTERRUPTED ? new Ran(0, ran.output()) : ran;
  }

  private static String readUntil(String words, BufferedReader said) throws IOException {
    StringBuilder output = new StringBuilder();
    String line = "";
    while (!line.contains(words)) {
      line = said.readLine();
      if (line == null) {
        throw new IllegalStateException(
            "the command ended without printing '" + words + "':\n" + output);
      }
      output.append(line).append('\n');
    }
    return output.toString();
  }

  private interface Reading {
    Ran read() throws Exception;
  }

  private static Ran within(String command, Process reads, Reading reading) throws Exception {
    CompletableFuture<Ran> ran = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("shell-output")
        .start(() -> {
          try {
            ran.complete(reading.read());
          } catch (Exception e) {
            ran.completeExceptionally(e);
          }
        });
    try {
      return ran.get(LONGEST_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      reads.descendants().forEach(ProcessHandle::destroyForcibly);
      reads.destroyForcibly();
      throw new IllegalStateException("the command failed or did not end: " + command, e);
    }
  }

  private Ran readUntilEnd(String command) throws IOException {
    StringBuilder output = new StringBuilder();
    String line;
    while ((line = out.readLine()) != null) {
      if (line.startsWith(END)) {
        return new Ran(Integer.parseInt(line.substring(END.length())), output.toString());
      }
      output.append(line).append('\n');
    }
    throw new IllegalStateException("the shell ended at: " + command + "\n" + output);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
