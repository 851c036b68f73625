package io.headgate.browser;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server at 127.0.0.2 that no page may reach. It records any traffic by TCP or UDP. */
final class Inside implements AutoCloseable {

  static final InetAddress ADDRESS = InetAddress.ofLiteral("127.0.0.2");

  private static final byte[] ANSWER =
      String.join("\r\n", "HTTP/1.1 200 OK", "Connection: close", "Content-Length: 1", "", "x")
          .getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket door;
  private final DatagramSocket window;
  private final CountDownLatch visited = new CountDownLatch(1);

  Inside() throws IOException {
    door = new ServerSocket(0, 50, ADDRESS);
    window = new DatagramSocket(door.getLocalPort(), ADDRESS);
    Thread.ofPlatform().daemon().name("inside-tcp").start(this::accept);
    Thread.ofPlatform().daemon().name("inside-udp").start(this::receive);
  }

  int port() {
    return door.getLocalPort();
  }

  String authority() {
    return "127.0.0.2:" + port();
  }

  boolean visitedWithin(long millis) throws InterruptedException {
    return visited.await(millis, TimeUnit.MILLISECONDS);
  }

  private void accept() {
    while (!door.isClosed()) {
      try (Socket socket = door.accept()) {
        visited.countDown();
        socket.getOutputStream().write(ANSWER);
      } catch (IOException _) {
        // closed, or the client disconnected
      }
    }
  }

  private void receive() {
    try {
      window.receive(new DatagramPacket(new byte[2_000], 2_000));
      visited.countDown();
    } catch (IOException _) {
      // closed
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    window.close();
  }
}
