package io.headgate.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.LiveServer;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replays recorded exchanges of official clients from a file. Each line of a request begins with
 * {@code >}; the response's status, relevant headers and body follow, each with {@code <}. In
 * responses UUID stands for any id and TIME for any time; in requests KEY is the key and ID the
 * latest id in a response. {@code @} begins a command: {@code @run 2} waits until two items of that
 * batch have started, {@code @succeed 0} and {@code @fail 1} end them, {@code @await partial} waits
 * for a native state.
 */
public final class GoldenPlayer {

  private static final Pattern UUIDS =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern TIMES =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /**
   * Values in responses that differ in each run.
   *
   * @param shown the pattern of a value by its name; in requests the name stands for the latest
   *     value
   * @param batch the name of the batch id
   * @param uuid converts a shown batch id to the native one
   */
  public record GoldenValues(
      Map<String, Pattern> shown, String batch, Function<String, UUID> uuid) {

    private static final GoldenValues NONE = new GoldenValues(Map.of(), "ID", UUID::fromString);

    private String masked(String text) {
      String masked = text;
      for (Map.Entry<String, Pattern> each : shown.entrySet()) {
        masked = each.getValue().matcher(masked).replaceAll(each.getKey());
      }
      return masked;
    }
  }

  private final LiveServer server;
  private final CommandedProcessor processor;
  private final Consumer<HttpReply> responseCheck;
  private final GoldenValues valueNames;
  private final Map<String, String> values = new HashMap<>(Map.of("ID", "none"));

  /**
   * Creates a player for an API that shows native ids.
   *
   * @param responseCheck checks every response, for instance against a description
   */
  public GoldenPlayer(
      LiveServer server, CommandedProcessor processor, Consumer<HttpReply> responseCheck) {
    this(server, processor, responseCheck, GoldenValues.NONE);
  }

  public GoldenPlayer(
      LiveServer server,
      CommandedProcessor processor,
      Consumer<HttpReply> responseCheck,
      GoldenValues valueNames) {
    this.valueNames = valueNames;
    this.server = server;
    this.processor = processor;
    this.responseCheck = responseCheck;
  }

  /** Replays a file from the package of the class. */
  public void play(Class<?> owner, String file) {
    Iterator<List<String>> blocks = blocks(owner, file).iterator();
    while (blocks.hasNext()) {
      List<String> block = blocks.next();
      if (block.getFirst().startsWith("@")) {
        block.forEach(this::runCommand);
      } else if (block.getFirst().startsWith(">")) {
        assertThat(exchange(block)).as(file + " " + block.getFirst()).isEqualTo(blocks.next());
      }
    }
  }

  private static List<List<String>> blocks(Class<?> owner, String file) {
    try (InputStream in = owner.getResourceAsStream(file)) {
      String text =
          new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
      List<List<String>> blocks = new ArrayList<>();
      for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
        if (blocks.isEmpty() || blocks.getLast().getFirst().charAt(0) != line.charAt(0)) {
          blocks.add(new ArrayList<>());
        }
        blocks.getLast().add(line);
      }
      return blocks;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void runCommand(String command) {
    String[] words = command.substring(1).split(" ", -1);
    UUID batch = batch();
    switch (words[0]) {
      case "run" -> processor.awaitStarted(batch, Integer.parseInt(words[1]));
      case "succeed" -> processor.succeed(batch, Integer.parseInt(words[1]));
      case "fail" -> processor.fail(batch, Integer.parseInt(words[1]));
      case "await" -> Await.until(words[1], TIMEOUT, () -> state().equals(words[1]));
      default -> throw new IllegalArgumentException(command);
    }
  }

  private UUID batch() {
    return valueNames.uuid().apply(values.getOrDefault(valueNames.batch(), "none"));
  }

  private String state() {
    return server.client.get("/v1/batches/" + batch()).json().path("state").asString();
  }

  /** Sends a request and returns the response in the form of the file. */
  private List<String> exchange(List<String> request) {
    List<String> lines =
        request.stream()
            .map(line -> withValues(line.substring(1).strip()).replace("KEY", server.key()))
            .toList();
    HttpReply response = send(lines);
    responseCheck.accept(response);
    if (response.status() == 202) {
      remember("ID", UUIDS, response.text());
    }
    valueNames.shown().forEach((name, pattern) -> remember(name, pattern, response.text()));
    List<String> answer = new ArrayList<>();
    answer.add("< " + response.status());
    for (String header : List.of("Location", "Allow")) {
      if (!response.header(header).isEmpty()) {
        answer.add("< " + header + ": " + masked(response.header(header)));
      }
    }
    answer.add("< " + masked(response.text()));
    return answer;
  }

  private void remember(String name, Pattern pattern, String text) {
    Matcher shown = pattern.matcher(text);
    if (shown.find()) {
      values.put(name, shown.group());
    }
  }

  private String withValues(String line) {
    String text = line;
    for (Map.Entry<String, String> each : values.entrySet()) {
      text = text.replace(each.getKey(), each.getValue());
    }
    return text;
  }

  private HttpReply send(List<String> lines) {
    String[] first = lines.getFirst().split(" ", 2);
    List<String> headers = new ArrayList<>();
    String body = "";
    for (String line : lines.subList(1, lines.size())) {
      if (line.startsWith("{") || line.startsWith("[")) {
        body = line;
      } else if (!line.toLowerCase(Locale.ROOT).startsWith("content-length")) {
        headers.addAll(List.of(line.split(": *", 2)));
      }
    }
    TestClient client = server.client.withKey(null);
    return new TestClient(server.port(), null)
        .send(
            client
                .request(first[1], headers.toArray(String[]::new))
                .method(
                    first[0],
                    body.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body)));
  }

  private String masked(String text) {
    String times = TIMES.matcher(valueNames.masked(text)).replaceAll("TIME");
    return UUIDS.matcher(times).replaceAll("UUID");
  }
}
