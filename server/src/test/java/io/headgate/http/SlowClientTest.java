package io.headgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlowClientTest {

  private record Hello() implements Operation.OpenOperation {
    @Override
    public Route route() {
      return Route.get("/hello");
    }

    @Override
    public ApiResponse handle(Request request) {
      return ApiResponse.text(200, "text/plain", "hello");
    }
  }

  @Test
  void headers_sent_byte_by_byte_time_out_and_other_clients_are_served() throws IOException {
    Api api =
        Api.ofNative(
            List.of(new Hello()),
            (request, operation) -> {
              throw new AssertionError();
            });
    try (HttpServer server =
        HttpServer.start(
            new HttpServer.ListenAddress(
                "127.0.0.1", 0, Duration.ofSeconds(30), Duration.ofSeconds(1)),
            List.of(api))) {
      List<Socket> slow = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        slow.add(socket);
        write(socket, "GET /hello HTTP/1.1\r\nHost: x\r\nX: ");
      }
      TestClient client = new TestClient(server.port(), null);
      assertThat(client.get("/hello").status()).isEqualTo(200);
      for (Socket socket : slow) {
        assertThat(sendSlowly(socket)).isTrue();
      }
      assertThat(client.get("/hello").status()).isEqualTo(200);
    }
  }

  /** Sends a byte every 200 ms; returns whether the server closed the connection. */
  private static boolean sendSlowly(Socket socket) throws IOException {
    try (socket) {
      socket.setSoTimeout(200);
      for (int i = 0; i < 100; i++) {
        try {
          write(socket, "x");
          if (socket.getInputStream().read() < 0) {
            return true;
          }
        } catch (java.net.SocketTimeoutException e) {
          // The server keeps the connection open.
        }
      }
      return false;
    } catch (java.net.SocketException e) {
      return true;
    }
  }

  private static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }
}
