package io.headgate.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A forward proxy of an operator: forwards plain requests, opens tunnels, requires a login. It
 * resolves every name to loopback.
 */
public final class OperatorProxy implements AutoCloseable {

  private static final String LOGIN_REQUIRED =
      """
      HTTP/1.1 407 Proxy Authentication Required
      Proxy-Authenticate: Basic realm="p"
      Content-Length: 0
      Connection: close

      """
          .replace("\n", "\r\n");

  private final ServerSocket listener;
  private final String login;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> accepted = new CopyOnWriteArrayList<>();

  /**
   * @param login {@code user:password}; empty for a proxy without authentication
   */
  public OperatorProxy(String login) {
    try {
      this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    this.login = login;
    threads.execute(this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** The first lines of the requests that were accepted. */
  public List<String> accepted() {
    return List.copyOf(accepted);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        threads.execute(() -> serve(client));
      }
    } catch (IOException _) {
      // closed: the test is over
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      if (!login.isEmpty() && !head.contains("Proxy-Authorization: Basic " + encoded())) {
        write(client.getOutputStream(), LOGIN_REQUIRED);
        return;
      }
      String start = head.lines().findFirst().orElse("");
      accepted.add(start);
      String[] words = start.split(" ", -1);
      boolean tunnel = words[0].equals("CONNECT");
      URI target = URI.create(tunnel ? "http://" + words[1] : words[1]);
      try (Socket site = new Socket(InetAddress.getLoopbackAddress(), target.getPort())) {
        if (tunnel) {
          write(client.getOutputStream(), "HTTP/1.1 200 Connection established\r\n\r\n");
        } else {
          write(site.getOutputStream(), plain(head, words[0], target));
        }
        copyBothWays(client, site);
      }
    } catch (IOException _) {
      // one side disconnected
    }
  }

  private String encoded() {
    return Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
  }

  /** The request in the form for the site. */
  private static String plain(String head, String method, URI target) {
    String path = target.getRawPath().isEmpty() ? "/" : target.getRawPath();
    String rest = head.substring(head.indexOf("\r\n"));
    return method + " " + path + " HTTP/1.1" + rest.replaceAll("\r\nProxy-[^\r]*", "");
  }

  private void copyBothWays(Socket client, Socket site) throws IOException {
    threads.execute(() -> {
      try {
        client.getInputStream().transferTo(site.getOutputStream());
        site.shutdownOutput();
      } catch (IOException _) {
        // the other direction fails as well
      }
    });
    site.getInputStream().transferTo(client.getOutputStream());
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("no request");
      }
      head.append((char) b);
    }
    return head.toString();
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    threads.shutdownNow();
  }
}
