package io.headgate.faults;

import io.headgate.Server;
import io.headgate.config.Config;
import io.headgate.config.ConfigSources;
import io.headgate.node.FailureReaction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * Runs {@code serve} with {@link RecordingProcessor} as an extra processor and in place of scrape.
 */
final class RecordingServer {

  private RecordingServer() {}

  public static void main(String[] arguments) throws InterruptedException {
    Config config = Config.of(ConfigSources.merge(Optional.empty(), System.getenv(), Map.of()));
    Path history = Path.of(arguments[0]);
    Server server =
        Server.start(
            config,
            List.of(
                new RecordingProcessor(history), new RecordingProcessor("scrape", 200, history)),
            FailureReaction.NONE);
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "headgate-stop"));
    System.out.println(ServerProcess.READY + server.port());
    new CountDownLatch(1).await();
  }
}
