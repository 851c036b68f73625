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
final class InternalServer implements AutoCloseable {

  static final InetAddress ADDRESS = InetAddress.ofLiteral("127.0.0.2");

  private static final byte[] ANSWER =
      String.join("\r\n", "HTTP/1.1 200 OK", "Connection: close", "Content-Length: 1", "", "x")
          .getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket listener;
  private final DatagramSocket datagrams;
  private final CountDownLatch visited = new CountDownLatch(1);

  InternalServer() throws IOException {
    listener = new ServerSocket(0, 50, ADDRESS);
    datagrams = new DatagramSocket(listener.getLocalPort(), ADDRESS);
    Thread.ofPlatform().daemon().name("inside-tcp").start(this::accept);
    Thread.ofPlatform().daemon().name("inside-udp").start(this::receive);
  }

  int port() {
    return listener.getLocalPort();
  }

  String authority() {
    return "127.0.0.2:" + port();
  }

  boolean visitedWithin(long millis) throws InterruptedException {
    return visited.await(millis, TimeUnit.MILLISECONDS);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        visited.countDown();
        socket.getOutputStream().write(ANSWER);
      } catch (IOException _) {
        // closed, or the client disconnected
      }
    }
  }

  private void receive() {
    try {
      datagrams.receive(new DatagramPacket(new byte[2_000], 2_000));
      visited.countDown();
    } catch (IOException _) {
      // closed
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    datagrams.close();
  }
}
