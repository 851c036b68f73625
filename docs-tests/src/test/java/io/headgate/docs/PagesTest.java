package io.headgate.docs;

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
import org.junit.jupiter.api.Tag;
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
@Tag("process")
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Set<String> KNOWN_LANGUAGES =
      Set.of("sh", "json", "yaml", "mermaid", "text");

  /** A page that another test renders. */
  private static final String RENDERED_PAGE = "cli.md";

  private static final String URLS =
      "printf 'https://example.com/?page=%d\\n' $(seq 1000) > urls.txt";

  private DocsServer server;

  @BeforeAll
  void startServer(@TempDir Path folder) throws IOException {
    server = new DocsServer(folder);
    Files.writeString(
        server.file("headgate.yaml"), blocks("docs/configuration.md", "yaml").getFirst().text());
  }

  @AfterAll
  void stop() {
    server.close();
  }

  static Stream<String> pagesWithCommands() {
    return DocsPage.all().stream()
        .filter(page -> !page.steps().isEmpty())
        .map(page -> DocsPage.ROOT.relativize(page.path()).toString());
  }

  @ParameterizedTest
  @MethodSource("pagesWithCommands")
  void the_commands_of_a_page_do_what_the_page_shows(String name) throws Exception {
    DocsPage page = DocsPage.of(name);
    boolean curls = page.steps().stream().anyMatch(step -> step.command().startsWith("curl "));
    assumeTrue(!curls || onPath("curl"), "no curl on this machine");
    // The batches of dialects are small and must still be running when the page cancels them.
    server.site.respondOnly(name.startsWith("docs/dialects/") ? 5 : 100);

    try (CommandRunner reader = new CommandRunner(server)) {
      for (DocsPage.CommandStep step : page.steps()) {
        reader.run(step);
      }

      assertThat(reader.differences()).isEmpty();
    }
  }

  @Test
  void commands_within_the_text_of_pages_work_too() throws Exception {
    server.site.respondOnly(100);
    try (CommandRunner reader = new CommandRunner(server)) {
      reader.run(new DocsPage.CommandStep(URLS, null));
      reader.run(new DocsPage.CommandStep("./headgate submit urls.txt --processor scrape", null));
      reader.run(new DocsPage.CommandStep("./headgate cancel ID", null));
      for (String command : inlineCommands()) {
        reader.run(new DocsPage.CommandStep(command, null));
      }

      assertThat(reader.differences()).isEmpty();
    }
  }

  @Test
  void the_promises_of_the_readme_hold() throws Exception {
    assertThat(commands(DocsPage.of("README.md"))).contains(URLS);
    server.site.respondOnly(100);
    try (Shell shell = server.shell()) {
      shell.run(URLS.replace("https://example.com", server.site.url()));
      String submitted = shell.run("./headgate submit urls.txt --processor scrape").output();
      String id = CommandRunner.UUID.matcher(submitted).results().findFirst().orElseThrow().group();

      String first = shell.run("./headgate cancel " + id + " --reason 'wrong list'").output();
      server.site.respondToAll();
      String again = shell.run("./headgate cancel " + id + " --reason other").output();
      String receipt = shell.run("./headgate receipt " + id).output();

      assertThat(first).contains("wrong list", "stopped before they started", "fence");
      assertThat(again).isEqualTo(first).startsWith(receipt.strip());
      assertThat(shell.run("./headgate audit " + id).output()).contains("Clean: 1 batch");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"scrape", "render", "http"})
  void a_processor_accepts_and_returns_what_its_page_shows(String processor) throws IOException {
    String page = "docs/processors/" + processor + ".md";
    server.site.respondToAll();
    List<JsonNode> inputs =
        blocks(page, "json").stream()
            .filter(block -> block.heading().equals("Input"))
            .flatMap(block -> block.text().lines())
            .map(this::json)
            .toList();
    JsonNode person =
        json("{\"id\": 7, \"mail\": \"ann@example.com\", \"name\": \"Ann\", \"tags\": [\"a\"]}");
    JsonNode output = JSON.missingNode();
    for (DocsPage.CodeBlock block : blocks(page, "json")) {
      switch (block.heading()) {
        case "Input" -> output = run(processor, json("{}"), inputs);
        case "Output" ->
            assertThat(JsonStructure.differences(json(block.text()), output)).as(page).isEmpty();
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
        DocsPage.all().stream()
            .flatMap(page -> Stream.concat(commands(page), page.inlineCommands().stream()))
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
  void every_block_of_every_page_names_its_language() {
    assertThat(DocsPage.all())
        .filteredOn(page -> !page.path().endsWith(RENDERED_PAGE))
        .flatExtracting(DocsPage::blocks)
        .extracting(DocsPage.CodeBlock::language)
        .isNotEmpty()
        .isSubsetOf(KNOWN_LANGUAGES);
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
    try (HeadgateClient client = HeadgateClient.at(URI.create(server.url), server.key())) {
      String id =
          client
              .submit(
                  batch,
                  ItemFormat.NDJSON,
                  new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)))
              .value()
              .id();
      try (Stream<Event> events = client.events(id, null)) {
        assertThat(events).last().matches(Event::isLast);
      }
      List<Item> items = client.items(id, ItemFilter.ALL, PageRequest.FIRST).value().data();
      assertThat(items).extracting(Item::state).containsOnly(ItemState.SUCCEEDED);
      return Objects.requireNonNull(client.item(id, 0).value().output());
    }
  }

  private JsonNode json(String text) {
    return JSON.readTree(text.replaceAll("https://(api\\.)?example\\.com", server.site.url()));
  }

  private static List<DocsPage.CodeBlock> blocks(String page, String language) {
    return DocsPage.of(page).blocks().stream()
        .filter(block -> block.language().equals(language))
        .toList();
  }

  private static Stream<String> commands(DocsPage page) {
    return page.steps().stream().map(DocsPage.CommandStep::command);
  }

  private static Set<String> inlineCommands() {
    Set<String> commands = new TreeSet<>();
    DocsPage.all().forEach(page -> commands.addAll(page.inlineCommands()));
    return commands;
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
