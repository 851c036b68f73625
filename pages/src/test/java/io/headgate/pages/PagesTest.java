package io.headgate.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headgate.client.Event;
import io.headgate.client.HeadgateClient;
import io.headgate.client.Item;
import io.headgate.client.ItemFilter;
import io.headgate.client.ItemFormat;
import io.headgate.client.ItemState;
import io.headgate.client.NewBatch;
import io.headgate.client.PageRequest;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs every command and every sample of the documentation on one real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Set<String> TYPED_OR_SHOWN = Set.of("sh", "json", "yaml", "mermaid");

  /** A page that another test renders. */
  private static final String RENDERED = "cli.md";

  private static final String URLS =
      "printf 'https://example.com/?page=%d\\n' $(seq 1000) > urls.txt";

  private House house;

  @BeforeAll
  void startAsThePageSays(@TempDir Path folder) throws IOException {
    house = new House(folder);
    Files.writeString(
        house.file("headgate.yaml"), only("docs/configuration.md", "yaml").getFirst().text());
  }

  @AfterAll
  void stop() {
    house.close();
  }

  static Stream<String> pagesWithCommands() {
    return Page.all().stream()
        .filter(page -> !page.steps().isEmpty())
        .map(page -> Page.ROOT.relativize(page.path()).toString());
  }

  @ParameterizedTest
  @MethodSource("pagesWithCommands")
  void what_a_page_says_to_type_does_what_the_page_says(String name) throws Exception {
    Page page = Page.of(name);
    boolean curls = page.steps().stream().anyMatch(step -> step.command().startsWith("curl "));
    assumeTrue(!curls || onPath("curl"), "no curl on this machine");
    // The batches of dialects are small and must still be running when the page cancels them.
    house.site.answerOnly(name.startsWith("docs/dialects/") ? 5 : 100);

    try (Reader reader = new Reader(house)) {
      for (Page.Step step : page.steps()) {
        reader.type(step);
      }

      assertThat(reader.complaints()).isEmpty();
    }
  }

  @Test
  void commands_within_the_text_of_pages_work_too() throws Exception {
    house.site.answerOnly(100);
    try (Reader reader = new Reader(house)) {
      reader.type(new Page.Step(URLS, null));
      reader.type(new Page.Step("./headgate submit urls.txt --processor scrape", null));
      reader.type(new Page.Step("./headgate cancel ID", null));
      for (String command : inText()) {
        reader.type(new Page.Step(command, null));
      }

      assertThat(reader.complaints()).isEmpty();
    }
  }

  @Test
  void the_words_of_the_first_page_come_true() throws Exception {
    assertThat(typed(Page.of("README.md"))).contains(URLS);
    house.site.answerOnly(100);
    try (Shell shell = house.shell()) {
      shell.run(URLS.replace("https://example.com", house.site.url()));
      String submitted = shell.run("./headgate submit urls.txt --processor scrape").output();
      String id = Reader.UUID.matcher(submitted).results().findFirst().orElseThrow().group();

      String first = shell.run("./headgate cancel " + id + " --reason 'wrong list'").output();
      house.site.answerAll();
      String again = shell.run("./headgate cancel " + id + " --reason other").output();
      String receipt = shell.run("./headgate receipt " + id).output();

      assertThat(first).contains("wrong list", "stopped before they started", "fence");
      assertThat(again).isEqualTo(first).startsWith(receipt.strip());
      assertThat(shell.run("./headgate audit " + id).output()).contains("Clean: 1 batch");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scrape", "render", "http"})
  void a_processor_takes_and_gives_what_its_page_shows(String processor) throws IOException {
    String page = "docs/processors/" + processor + ".md";
    house.site.answerAll();
    List<JsonNode> inputs =
        only(page, "json").stream()
            .filter(block -> block.heading().equals("Input"))
            .flatMap(block -> block.text().lines())
            .map(this::json)
            .toList();
    JsonNode person =
        json("{\"id\": 7, \"mail\": \"ann@example.com\", \"name\": \"Ann\", \"tags\": [\"a\"]}");
    JsonNode output = JSON.missingNode();
    for (Page.Block block : only(page, "json")) {
      switch (block.heading()) {
        case "Input" -> output = run(processor, json("{}"), inputs);
        case "Output" ->
            assertThat(Shape.differences(json(block.text()), output)).as(page).isEmpty();
        default -> {
          JsonNode options = json(block.text());
          JsonNode found = run(processor, options, inputs.isEmpty() ? List.of(person) : inputs);
          output = output.isMissingNode() ? found : output;
          assertThat(found.path("fields").propertyNames())
              .isEqualTo(options.path("fields").propertyNames());
        }
      }
    }
    assertThat(output.isObject()).isTrue();
  }

  @Test
  void a_command_of_the_benchmark_is_one_it_understands() {
    List<String> commands =
        Page.all().stream()
            .flatMap(page -> Stream.concat(typed(page), page.inText().stream()))
            .filter(command -> command.startsWith("./headgate bench"))
            .map(command -> command.replaceFirst(" *#.*", ""))
            .toList();

    assertThat(commands)
        .isNotEmpty()
        .allSatisfy(command ->
            new CommandLine(new io.headgate.bench.Main())
                .parseArgs(command.replaceFirst("./headgate bench *", "").split(" +", -1)));
  }

  @Test
  void every_block_of_every_page_says_what_it_is() {
    assertThat(Page.all())
        .filteredOn(page -> !page.path().endsWith(RENDERED))
        .flatExtracting(Page::blocks)
        .extracting(Page.Block::language)
        .isNotEmpty()
        .isSubsetOf(TYPED_OR_SHOWN);
  }

  /** Runs items to their end and returns the output of the first. */
  private JsonNode run(String processor, JsonNode options, List<JsonNode> inputs)
      throws IOException {
    NewBatch batch = NewBatch.of(processor).maxAttempts(1);
    for (Map.Entry<String, JsonNode> option : options.properties()) {
      batch.option(option.getKey(), option.getValue());
    }
    String lines =
        String.join("\n", inputs.stream().map(input -> "{\"input\":" + input + "}").toList());
    try (HeadgateClient client = HeadgateClient.at(URI.create(house.url), house.key())) {
      String id =
          client
              .submit(
                  batch,
                  ItemFormat.NDJSON,
                  new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)))
              .value()
              .id();
      try (Stream<Event> events = client.events(id, null)) {
        assertThat(events).last().matches(Event::last);
      }
      List<Item> items = client.items(id, ItemFilter.ALL, PageRequest.FIRST).value().data();
      assertThat(items).extracting(Item::state).containsOnly(ItemState.SUCCEEDED);
      return Objects.requireNonNull(client.item(id, 0).value().output());
    }
  }

  private JsonNode json(String text) {
    return JSON.readTree(text.replaceAll("https://(api\\.)?example\\.com", house.site.url()));
  }

  private static List<Page.Block> only(String page, String language) {
    return Page.of(page).blocks().stream()
        .filter(block -> block.language().equals(language))
        .toList();
  }

  private static Stream<String> typed(Page page) {
    return page.steps().stream().map(Page.Step::command);
  }

  private static Set<String> inText() {
    Set<String> commands = new TreeSet<>();
    Page.all().forEach(page -> commands.addAll(page.inText()));
    return commands;
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
