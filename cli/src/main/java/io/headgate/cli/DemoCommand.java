package io.headgate.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "demo", description = "Show the whole story on a small site of its own.")
final class DemoCommand implements Callable<Integer> {

  private final Headgate headgate;

  DemoCommand(Headgate headgate) {
    this.headgate = headgate;
  }

  @Override
  public Integer call() {
    return headgate.json() ? 1 : 0;
  }
}
