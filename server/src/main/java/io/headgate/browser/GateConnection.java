package io.headgate.browser;

import io.headgate.outbound.Answer;
import io.headgate.outbound.Dial;
import io.headgate.outbound.Target;
import io.headgate.outbound.Trouble;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One connection of a browser: a tunnel (https, WebSockets), or one request of plain http. The
 * latter ends with its answer: a second request on it could be for another host than the first.
 */
final class GateConnection implements Runnable {

  private static final int CHUNK = 32_768;
  private static final int PROXY_PATIENCE_MILLIS = 10_000;
  private static final String REFUSED =
      "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  private static final String CONNECTED = "HTTP/1.1 200 Connection established\r\n\r\n";

  private final Socket browser;
  private final Dial dial;
  private final Passage passage;

  GateConnection(Socket browser, Dial dial, Passage passage) {
    this.browser = browser;
    this.dial = dial;
    this.passage = passage;
  }

  @Override
  public void run() {
    try (browser) {
      if (Neighbour.isStranger(browser)) {
        return;
      }
      browser.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(browser.getInputStream());
      passage.enter(browser);
      try {
        serve(Head.read(in), in);
      } finally {
        passage.leave(browser);
      }
    } catch (IOException _) {
      // either side left
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Head head, InputStream in) throws IOException, InterruptedException {
    String[] words = head.start().split(" ", -1);
    if (words.length != 3) {
      return;
    }
    boolean tunnel = words[0].equals("CONNECT");
    String url = tunnel ? "https://" + words[1] + "/" : words[1];
    switch (Target.parse(origin(url))) {
      case Answer.Failed failed -> refuse(failed, tunnel);
      case Target.Url target -> pass(new Errand(head, in, target, words[1], tunnel));
    }
  }

  /** What is asked for, and of whom. */
  private record Errand(
      Head head, InputStream in, Target.Url target, String written, boolean tunnel) {}

  /** Without path and query: they are passed on as written. */
  private static String origin(String url) {
    int authority = url.indexOf("://") + 3;
    for (int i = authority; i < url.length(); i++) {
      if ("/?#".indexOf(url.charAt(i)) >= 0) {
        return url.substring(0, i) + "/";
      }
    }
    return url;
  }

  private void pass(Errand errand) throws IOException, InterruptedException {
    try (Socket site = connect(errand)) {
      passage.enter(site);
      try {
        if (errand.tunnel()) {
          tunnel(errand, site);
        } else {
          request(errand, site);
        }
      } finally {
        passage.leave(site);
      }
    } catch (Dial.NoAnswer e) {
      refuse(e.failed(), errand.tunnel());
    }
  }

  private Socket connect(Errand errand) throws IOException, InterruptedException {
    if (passage.proxy().isEmpty()) {
      return dial.connect(errand.target());
    }
    dial.check(errand.target());
    Proxy proxy = passage.proxy().get();
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(proxy.host(), proxy.port()), PROXY_PATIENCE_MILLIS);
      return socket;
    } catch (IOException e) {
      socket.close();
      refuse(
          new Answer.Failed(Trouble.CONNECT, "cannot connect to the upstream proxy"),
          errand.tunnel());
      throw e;
    }
  }

  private void tunnel(Errand errand, Socket site) throws IOException {
    if (passage.proxy().isPresent()) {
      String authority = errand.written();
      Head ask = new Head("CONNECT " + authority + " HTTP/1.1", java.util.List.of());
      write(site, withLogin(ask.with("Host: " + authority)).bytes());
      Head answer = Head.read(site.getInputStream());
      if (!answer.start().contains(" 200")) {
        refuse(proxyTrouble(answer), true);
        return;
      }
    }
    say(CONNECTED);
    exchange(errand.in(), site, site.getInputStream());
  }

  private static Answer.Failed proxyTrouble(Head answer) {
    return new Answer.Failed(
        Trouble.CONNECT, "the upstream proxy answered " + answer.start().replaceAll("\\p{C}", ""));
  }

  private void request(Errand errand, Socket site) throws IOException {
    String[] words = errand.head().start().split(" ", -1);
    String rest = errand.written().substring(origin(errand.written()).length() - 1);
    String path = passage.proxy().isPresent() ? errand.written() : rest.isEmpty() ? "/" : rest;
    Head forwarded = errand.head().forwarded(words[0] + " " + path + " HTTP/1.1");
    write(site, withLogin(forwarded).bytes());
    Thread up = Thread.ofVirtual().start(() -> pump(errand.in(), site));
    try {
      InputStream answer = new BufferedInputStream(site.getInputStream());
      Head head = Head.read(answer);
      while (head.start().startsWith("HTTP/1.1 1")) {
        head = Head.read(answer);
      }
      if (passage.proxy().isPresent() && head.start().contains(" 407")) {
        // Passed on, it would be taken for our own question.
        refuse(proxyTrouble(head), false);
        return;
      }
      write(browser, head.forwarded(head.start()).bytes());
      copy(answer, browser.getOutputStream());
    } finally {
      Passage.closeQuietly(browser);
      up.interrupt();
    }
  }

  private Head withLogin(Head head) {
    String login = passage.proxy().map(Proxy::login).orElse("");
    if (login.isEmpty()) {
      return head;
    }
    String[] parts = login.split(":", 2);
    String password = parts.length > 1 ? parts[1] : "";
    return head.with("Proxy-Authorization: " + Passage.credential(parts[0], password));
  }

  private void exchange(InputStream fromBrowser, Socket site, InputStream answer)
      throws IOException {
    Thread up = Thread.ofVirtual().start(() -> pump(fromBrowser, site));
    try {
      copy(answer, browser.getOutputStream());
    } finally {
      Passage.closeQuietly(browser);
      up.interrupt();
    }
  }

  private void pump(InputStream from, Socket to) {
    try {
      copy(from, to.getOutputStream());
    } catch (IOException _) {
      // the other direction ends with it
    } finally {
      Passage.closeQuietly(to);
    }
  }

  private void copy(InputStream from, OutputStream to) throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (int n = from.read(chunk); n >= 0; n = from.read(chunk)) {
      passage.count(n);
      to.write(chunk, 0, n);
      to.flush();
    }
  }

  /** An answer without a body would be the page: for plain http there is none at all. */
  private void refuse(Answer.Failed failed, boolean tunnel) throws IOException {
    passage.refused(failed);
    if (tunnel) {
      say(REFUSED);
    }
  }

  private void say(String answer) throws IOException {
    write(browser, answer.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void write(Socket socket, byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }
}
