package io.headgate.browser;

import io.headgate.outbound.Targets;
import java.nio.file.Path;
import java.time.Duration;

/** The main class of a process whose browser has a page open until the process is killed. */
final class LoneServer {

  private LoneServer() {}

  public static void main(String[] args) throws Exception {
    try (Targets targets = new Targets(true);
        Browsers browsers = Browsers.start(Browsers.Settings.usual(Path.of(args[0])), targets)) {
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
