package io.headgate.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads server-sent events and resumes them with {@code Last-Event-ID}. */
record EventStreamFormat(Transport transport, String path)
    implements ResumableStream.StreamFormat<Event> {

  @Override
  public InputStream open(@Nullable String after) {
    List<String> headers = after == null ? List.of() : List.of("Last-Event-ID", after);
    return transport.open(Query.on(path), "text/event-stream", headers);
  }

  @Override
  public @Nullable Event next(BufferedReader lines) throws IOException {
    PartialEvent event = new PartialEvent();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty() && event.complete()) {
        return event.event();
      }
      event.add(line);
    }
    return null; // an event without its closing empty line is incomplete; the server sends it again
  }

  @Override
  public @Nullable String positionOf(Event event) {
    return event.id();
  }

  @Override
  public boolean endsAfter(@Nullable Event last) {
    return last != null && last.isLast();
  }

  /** Collects the lines of one event. */
  private static final class PartialEvent {
    private @Nullable String id;
    private String name = "message";
    private @Nullable StringBuilder data;

    void add(String line) {
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      value = value.startsWith(" ") ? value.substring(1) : value;
      switch (field) {
        case "id" -> id = value;
        case "event" -> name = value;
        case "data" -> addData(value);
        default -> {} // comments are keep-alives; unknown fields are ignored
      }
    }

    private void addData(String value) {
      data = data == null ? new StringBuilder(value) : data.append('\n').append(value);
    }

    boolean complete() {
      return data != null || !name.equals("message");
    }

    Event event() {
      String text = data == null ? "null" : data.toString();
      JsonNode json = Json.tree(text);
      return new Event(id, name, json == null ? JsonNodeFactory.instance.stringNode(text) : json);
    }
  }
}
