package io.headgate.docs;

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
  private static final int TIMEOUT_SECONDS = 180;
  private static final int INTERRUPTED = 130;

  /** The exit code and the output of a command. */
  record ShellResult(int exit, String output) {}

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
  ShellResult run(String command) throws Exception {
    in.write("{ " + command + "\n} </dev/null 2>&1\nprintf '\\n" + END + "%d\\n' $?\n");
    in.flush();
    return withTimeout(command, process, () -> readUntilEnd(command));
  }

  /** Runs a command in its own process and interrupts it when it has printed {@code expected}. */
  ShellResult runInterrupted(String command, String expected) throws Exception {
    Process separate = builder.command("sh", "-c", "exec " + command).start();
    ShellResult result =
        withTimeout(
            command,
            separate,
            () -> {
              try (BufferedReader lines = separate.inputReader(StandardCharsets.UTF_8)) {
                String before = readUntil(expected, lines);
                new ProcessBuilder("kill", "-INT", String.valueOf(separate.pid()))
                    .start()
                    .waitFor();
                String after = String.join("\n", lines.lines().toList());
                return new ShellResult(separate.waitFor(), before + after);
              }
            });
    return result.exit() == INTERRUPTED ? new ShellResult(0, result.output()) : result;
  }

  private static String readUntil(String expected, BufferedReader lines) throws IOException {
    StringBuilder output = new StringBuilder();
    String line = "";
    while (!line.contains(expected)) {
      line = lines.readLine();
      if (line == null) {
        throw new IllegalStateException(
            "the command ended without printing '" + expected + "':\n" + output);
      }
      output.append(line).append('\n');
    }
    return output.toString();
  }

  private interface OutputReader {
    ShellResult read() throws Exception;
  }

  private static ShellResult withTimeout(String command, Process reads, OutputReader reading)
      throws Exception {
    CompletableFuture<ShellResult> result = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("shell-output")
        .start(() -> {
          try {
            result.complete(reading.read());
          } catch (Exception e) {
            result.completeExceptionally(e);
          }
        });
    try {
      return result.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      reads.descendants().forEach(ProcessHandle::destroyForcibly);
      reads.destroyForcibly();
      throw new IllegalStateException("the command failed or did not end: " + command, e);
    }
  }

  private ShellResult readUntilEnd(String command) throws IOException {
    StringBuilder output = new StringBuilder();
    String line;
    while ((line = out.readLine()) != null) {
      if (line.startsWith(END)) {
        return new ShellResult(Integer.parseInt(line.substring(END.length())), output.toString());
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
