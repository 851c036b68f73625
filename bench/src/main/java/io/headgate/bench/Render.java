package io.headgate.bench;

import io.headgate.client.Batch;
import io.headgate.client.NewBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Pictures of HTML through the whole server, beside a loop that has nothing but the browser. */
final class Render implements Comparison {

  private static final int ROUNDS = 3;
  private static final int PICTURES_AT_A_MILLION = 200;
  private static final double LEAST_OF_BARE_LOOP = 0.9;

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
    int pictures = settings.scaled(PICTURES_AT_A_MILLION, 40);
    int concurrency = Runtime.getRuntime().availableProcessors();
    List<Rate> served = new ArrayList<>();
    List<Rate> bare = new ArrayList<>();
    try (House house = House.open(settings);
        BarePlaywright loop = BarePlaywright.start(concurrency)) {
      serve(house, pictures / 2);
      loop.draw(cards(pictures / 2));
      for (int round = 0; round < settings.rounds(ROUNDS); round++) {
        served.add(serve(house, pictures));
        bare.add(loop.draw(cards(pictures)));
        Report.say("  server " + served.getLast() + "; bare loop " + bare.getLast());
      }
    }
    return List.of(
        Figure.rates(
            "%,d pictures of 1200 × 630, %d at a time".formatted(pictures, concurrency),
            Rate.median(served),
            "Playwright loop that reuses its browsers, a context a picture",
            Rate.median(bare),
            LEAST_OF_BARE_LOOP));
  }

  private static Rate serve(House house, int pictures) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (String card : cards(pictures)) {
      lines.append("{\"html\":\"").append(card.replace("\"", "\\\"")).append("\"}\n");
    }
    byte[] items = lines.toString().getBytes(StandardCharsets.UTF_8);
    long before = System.nanoTime();
    Batch batch = house.submit(NewBatch.of("render").maxAttempts(1), items);
    Waiting.until(
        "all pictures are made",
        () -> house.client().batch(batch.id()).value().finishedAt() != null);
    Rate rate = Rate.of(pictures, System.nanoTime() - before, "pictures");
    long made = house.client().batch(batch.id()).value().counts().succeeded();
    if (made != pictures) {
      throw new IllegalStateException("only " + made + " of " + pictures + " pictures were made");
    }
    return rate;
  }

  private static List<String> cards(int count) {
    List<String> cards = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      cards.add(
          ("<!doctype html><style>body{margin:0;font:40px sans-serif;color:#fff;"
                  + "background:linear-gradient(135deg,#0b3d91,#7b2ff7)}h1{margin:80px}"
                  + "p{margin:80px;font-size:28px}</style><h1>Card number %d</h1>"
                  + "<p>What a link to a page looks like where it is shared.</p>")
              .formatted(i));
    }
    return cards;
  }
}
