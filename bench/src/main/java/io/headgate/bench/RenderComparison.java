package io.headgate.bench;

import io.headgate.client.NewBatch;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** Compares screenshots of HTML through the whole server with a plain Playwright loop. */
final class RenderComparison implements Comparison {

  private static final int PICTURES_AT_A_MILLION = 200;
  private static final JsonMapper JSON = JsonMapper.shared();

  private static final String CARD =
      """
      <!doctype html><style>body{margin:0;font:40px sans-serif;color:#fff;\
      background:linear-gradient(135deg,#0b3d91,#7b2ff7)}h1{margin:80px}\
      p{margin:80px;font-size:28px}</style><h1>Card number %d</h1>\
      <p>What a link to a page looks like where it is shared.</p>\
      """;

  @Override
  public String name() {
    return "render";
  }

  @Override
  public String question() {
    return "pictures of HTML through the whole server, beside a bare Playwright loop";
  }

  @Override
  public List<Figure> run(Settings settings) throws Exception {
    List<String> cards = cards(settings.scaled(PICTURES_AT_A_MILLION, 40));
    NewBatch batch =
        NewBatch.of("render")
            .backoff(Duration.ZERO, Duration.ZERO)
            .option("width", BarePlaywright.WIDTH)
            .option("height", BarePlaywright.HEIGHT);
    BrowserComparison.BrowserItems items =
        new BrowserComparison.BrowserItems(cards.size(), lines(cards));
    try (BenchServer server = BenchServer.open(settings)) {
      return new BrowserComparison(
              "render", "pictures", batch, items, bare -> bare.takeScreenshots(cards))
          .run(settings, server);
    }
  }

  private static String lines(List<String> cards) {
    StringBuilder lines = new StringBuilder();
    for (String card : cards) {
      lines.append(JSON.createObjectNode().put("html", card)).append('\n');
    }
    return lines.toString();
  }

  private static List<String> cards(int count) {
    return IntStream.range(0, count).mapToObj(CARD::formatted).toList();
  }
}
