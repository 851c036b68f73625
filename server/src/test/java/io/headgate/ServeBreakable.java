package io.headgate;

import io.headgate.config.Config;
import io.headgate.config.ConfigSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** {@code serve} with a {@link BreakableProcessor}: breaks when the file in its argument exists. */
final class ServeBreakable {

  static final String READY = "breakable server ready on port ";

  private ServeBreakable() {}

  public static void main(String[] arguments) throws InterruptedException {
    Config config = Config.of(ConfigSources.merge(Optional.empty(), System.getenv(), Map.of()));
    Path signal = Path.of(arguments[1]);
    BreakableProcessor processor =
        new BreakableProcessor(
            BreakableProcessor.Kind.valueOf(arguments[0]), () -> Files.exists(signal));
    Server server = Server.start(config, List.of(processor), ProcessExit.armed());
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "headgate-stop"));
    System.out.println(READY + server.port());
    new CountDownLatch(1).await();
  }
}
