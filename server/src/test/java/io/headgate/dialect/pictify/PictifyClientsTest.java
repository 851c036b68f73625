package io.headgate.dialect.pictify;

import io.headgate.LiveServer;
import io.headgate.api.Description;
import io.headgate.dialect.CommandedProcessor;
import io.headgate.dialect.GoldenPlayer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Recorded requests of the vendor's own clients, and the responses to them. */
class PictifyClientsTest {

  @ParameterizedTest
  @ValueSource(strings = {"mcp-1.2.0", "python-1.1.0"})
  void official_clients_get_the_recorded_responses(String client) {
    CommandedProcessor work = new CommandedProcessor("render", PictifyClientsTest::picture);
    Description description = Description.ofDialect("pictify", "/");
    try (LiveServer server = new LiveServer(work)) {
      new GoldenPlayer(server, work, description::check, names())
          .play(PictifyClientsTest.class, client + ".txt");
    }
  }

  private static GoldenPlayer.GoldenValues names() {
    Map<String, Pattern> shown = new LinkedHashMap<>();
    shown.put("TEMPLATE", Pattern.compile("(?<=\"(?:uid|templateUid)\":\")[0-9A-Z]{10}"));
    shown.put("BATCH", Pattern.compile("batch_[0-9a-z]{26}"));
    shown.put("IMAGE", Pattern.compile("img_[0-9a-z]{26}"));
    shown.put("URL", Pattern.compile("http://127\\.0\\.0\\.1:\\d+/artifacts/[^\"]+"));
    return new GoldenPlayer.GoldenValues(shown, "BATCH", PictifyClientsTest::batch);
  }

  private static UUID batch(String shown) {
    return PrefixedId.BATCH.parse(shown).orElseThrow();
  }

  private static ObjectNode picture(int ordinal) {
    ObjectNode output = JsonNodeFactory.instance.objectNode();
    output
        .putArray("results")
        .addObject()
        .put("layout", "default")
        .put("name", "Default")
        .put("width", 600)
        .put("height", 200)
        .put("format", "png")
        .put("artifact", "default.png");
    output.putArray("errors");
    return output;
  }
}
