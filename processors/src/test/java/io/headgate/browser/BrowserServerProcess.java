package io.headgate.browser;

import io.headgate.outbound.TargetCheck;
import java.nio.file.Path;
import java.time.Duration;

/** The main class of a process whose browser has a page open until the process is killed. */
final class BrowserServerProcess {

  private BrowserServerProcess() {}

  public static void main(String[] args) throws Exception {
    try (TargetCheck targets = new TargetCheck(true);
        Browsers browsers =
            Browsers.start(Browsers.BrowserSettings.defaults(Path.of(args[0])), targets)) {
      browsers.visit(
          Visit.lasting(Duration.ofMinutes(2)),
          page -> {
            System.out.println("open");
            System.out.flush();
            page.waitForTimeout(100_000);
            return true;
          });
    }
  }
}
