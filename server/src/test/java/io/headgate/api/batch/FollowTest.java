package io.headgate.api.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.engine.StartedAttempt;
import io.headgate.http.TestClient.HttpReply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class FollowTest extends BatchCase {

  private static final HttpClient http = HttpClient.newHttpClient();

  @Test
  void results_that_are_followed_end_with_the_batch() {
    String id = server.submit(3);
    server.settle(server.claim(1), SUCCESS);
    CompletableFuture<HttpReply> followed =
        CompletableFuture.supplyAsync(
            () -> client.get("/v1/batches/" + id + "/results?follow=true"));
    server.settle(server.claim(2), SUCCESS);
    assertThat(followed.join().text().lines().filter(line -> !line.isEmpty())).hasSize(3);
  }

  @Test
  void events_are_streamed_until_the_batch_ends() {
    String id = server.submit(3);
    CompletableFuture<HttpReply> events =
        CompletableFuture.supplyAsync(() -> client.get("/v1/batches/" + id + "/events"));
    List<StartedAttempt> claims = server.claim(2);
    server.settle(claims.subList(0, 1), FAILURE);
    client.post("/v1/batches/" + id + "/cancel", null);
    server.settle(claims.subList(1, 2), SUCCESS);
    HttpReply reply = events.join();
    assertThat(reply.header("Content-Type")).isEqualTo("text/event-stream");
    assertThat(reply.text()).startsWith("event: state\ndata: {\"state\":");
    assertThat(reply.text()).contains("event: progress\n").contains("\nevent: end\ndata: {\"id\"");

    String resumed = client.get("/v1/batches/" + id + "/events", "Last-Event-ID", "0").text();
    assertThat(resumed)
        .contains("event: item\ndata: {\"ordinal\":0,\"ref\":\"r0\",\"state\":\"failed\"")
        .contains("event: receipt\ndata: " + client.get("/v1/batches/" + id + "/receipt").text());
    assertThat(client.get("/v1/batches/" + id + "/events", "Last-Event-ID", "x").status())
        .isEqualTo(400);
  }

  @Test
  void followers_get_results_at_once_and_a_stopping_server_breaks_their_connection()
      throws Exception {
    try (BatchTestServer stopping = new BatchTestServer()) {
      String id = stopping.submit(2);
      BufferedReader results = open(stopping, "/v1/batches/" + id + "/results?follow=true");
      BufferedReader events = open(stopping, "/v1/batches/" + id + "/events");
      assertThat(results.readLine()).as("keep-alive").isEmpty();
      assertThat(events.readLine()).isEqualTo("event: state");
      stopping.settle(stopping.claim(1), SUCCESS);
      assertThat(results.readLine()).contains("\"ordinal\":0");
      stopping.open.set(false);
      assertThatThrownBy(() -> results.lines().toList()).hasRootCauseInstanceOf(IOException.class);
    }
  }

  @Test
  @Timeout(30)
  void a_change_of_state_is_sent_at_once_and_not_at_the_next_poll() throws Exception {
    try (BatchTestServer slow = new BatchTestServer(Duration.ofMinutes(5))) {
      slow.awaitListener();
      String id = slow.submit(2);
      BufferedReader events = open(slow, "/v1/batches/" + id + "/events");
      BufferedReader results = open(slow, "/v1/batches/" + id + "/results?follow=true");
      assertThat(results.readLine()).as("keep-alive").isEmpty();
      assertThat(until(events, "event: progress")).contains("event: state");

      slow.client.post("/v1/batches/" + id + "/cancel", null);
      long cancelled = System.nanoTime();
      assertThat(until(events, "event: end")).contains("event: receipt");
      assertThat(Duration.ofNanos(System.nanoTime() - cancelled))
          .isLessThan(Duration.ofMillis(300));
      assertThat(results.lines().toList()).as("all results").hasSize(2);
    }
  }

  /** Reads lines up to {@code awaited}. */
  private static List<String> until(BufferedReader lines, String awaited) throws IOException {
    List<String> read = new ArrayList<>();
    while (!read.contains(awaited)) {
      String line = lines.readLine();
      if (line == null) {
        throw new AssertionError("ended before " + awaited + ": " + read);
      }
      read.add(line);
    }
    return read;
  }

  private static BufferedReader open(BatchTestServer of, String path) throws Exception {
    return new BufferedReader(
        new InputStreamReader(
            http.send(
                    of.client.request(path).version(HttpClient.Version.HTTP_1_1).build(),
                    HttpResponse.BodyHandlers.ofInputStream())
                .body(),
            StandardCharsets.UTF_8));
  }
}
