package io.headgate.db;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/**
 * A proxy before PostgreSQL that breaks the connection at a chosen step. A step is whatever the
 * client sends and waits for: a statement, a commit, a block of a COPY. The proxy terminates the
 * backend with {@code pg_terminate_backend}, so whatever was not committed is lost.
 */
public final class FaultyPostgresProxy implements AutoCloseable {

  /** When the connection breaks. */
  public enum FaultPoint {
    /** PostgreSQL does not receive the step. */
    BEFORE_STEP,
    /** PostgreSQL has executed the step, even a commit, and the client gets no reply. */
    BEFORE_REPLY
  }

  private static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;

  private static final String TERMINATE =
      """
      select count(pg_terminate_backend(pid, 10000)) from pg_stat_activity
      where client_port = :port and datname = :name
      """;

  private final Database database;
  private final String name;
  private final ServerSocket listenSocket;
  private final URI target;
  private int stepsLeft;
  private FaultPoint faultPoint = FaultPoint.BEFORE_STEP;
  private boolean broken;

  /**
   * @param database the target; the proxy has connections of its own to it
   */
  public FaultyPostgresProxy(Database database) {
    try {
      this.database = database;
      this.target = URI.create(database.address().jdbcUrl().substring("jdbc:".length()));
      this.name = target.getPath().substring(1);
      this.listenSocket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread.ofPlatform().daemon().name("cut-line").start(this::accept);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens the database through this proxy. */
  public Database open() {
    Database.DatabaseAddress direct = database.address();
    return Database.open(
        new Database.DatabaseAddress(
            "jdbc:postgresql://127.0.0.1:%d/%s".formatted(listenSocket.getLocalPort(), name),
            direct.user(),
            direct.password(),
            4));
  }

  /** Breaks once, at the given step from now on. */
  public synchronized void breakAt(int step, FaultPoint where) {
    stepsLeft = step;
    faultPoint = where;
    broken = false;
  }

  /** Stops breaking; returns whether it broke. */
  public synchronized boolean stopBreaking() {
    stepsLeft = 0;
    return broken;
  }

  private synchronized boolean breaksNow() {
    if (stepsLeft == 0 || --stepsLeft > 0) {
      return false;
    }
    broken = true;
    return true;
  }

  private synchronized FaultPoint faultPoint() {
    return faultPoint;
  }

  private void accept() {
    while (!listenSocket.isClosed()) {
      try {
        Socket client = listenSocket.accept();
        Thread.ofPlatform().daemon().name("cut-line-client").start(new ProxiedConnection(client));
      } catch (IOException e) {
        // The socket was closed.
      }
    }
  }

  /** One message of PostgreSQL's protocol: type, length, body. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record PostgresMessage(byte type, byte[] rest) {

    static PostgresMessage read(DataInputStream in) throws IOException {
      byte type = in.readByte();
      byte[] rest = new byte[in.readInt() - 4];
      in.readFully(rest);
      return new PostgresMessage(type, rest);
    }

    void write(DataOutputStream out) throws IOException {
      out.writeByte(type);
      out.writeInt(rest.length + 4);
      out.write(rest);
    }

    boolean is(char... types) {
      return new String(types).indexOf(type) >= 0;
    }

    /** A simple query, the end of an extended one, a block or the end of a COPY. */
    boolean isStep() {
      return is('Q', 'S', 'd', 'c');
    }
  }

  private final class ProxiedConnection implements Runnable {

    private final Socket client;
    private volatile boolean dropReplies;

    ProxiedConnection(Socket client) {
      this.client = client;
    }

    @Override
    public void run() {
      try (client;
          Socket server = new Socket(target.getHost(), target.getPort());
          DataInputStream asked = new DataInputStream(client.getInputStream());
          DataOutputStream out = output(server)) {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        negotiate(asked, out, server);
        Thread.ofPlatform().daemon().name("cut-line-server").start(() -> forwardReplies(server));
        while (true) {
          forward(PostgresMessage.read(asked), out, server);
          if (asked.available() == 0) {
            out.flush();
          }
        }
      } catch (IOException e) {
        // One side has closed; the other is closed now.
      }
    }

    private static DataOutputStream output(Socket to) throws IOException {
      return new DataOutputStream(new BufferedOutputStream(to.getOutputStream()));
    }

    /** The first messages have no type; the client first requests encryption, which is refused. */
    private void negotiate(DataInputStream asked, DataOutputStream out, Socket server)
        throws IOException {
      int code;
      do {
        byte[] rest = new byte[asked.readInt() - 8];
        code = asked.readInt();
        asked.readFully(rest);
        out.writeInt(rest.length + 8);
        out.writeInt(code);
        out.write(rest);
        out.flush();
        if (code == SSL_REQUEST || code == GSS_REQUEST) {
          client.getOutputStream().write(server.getInputStream().read());
        }
      } while (code == SSL_REQUEST || code == GSS_REQUEST);
    }

    private void forward(PostgresMessage message, DataOutputStream out, Socket server) throws IOException {
      if (message.isStep() && breaksNow()) {
        // Of a COPY only the end has a reply.
        if (faultPoint() == FaultPoint.BEFORE_STEP || message.is('d')) {
          terminate(server);
        } else {
          dropReplies = true;
        }
      }
      message.write(out);
    }

    private void terminate(Socket server) {
      database.read(tx ->
          tx.query(TERMINATE)
              .bind("port", server.getLocalPort())
              .bind("name", name)
              .mapTo(Integer.class)
              .one());
    }

    private void forwardReplies(Socket server) {
      try (client;
          DataInputStream answered = new DataInputStream(server.getInputStream());
          DataOutputStream out = output(client)) {
        while (true) {
          PostgresMessage message = PostgresMessage.read(answered);
          // Ready for the next query, or for the data of a COPY.
          if (dropReplies && message.is('Z', 'G')) {
            return;
          }
          if (!dropReplies) {
            message.write(out);
          }
          if (answered.available() == 0) {
            out.flush();
          }
        }
      } catch (IOException e) {
        // One side has closed; the other is closed now.
      }
    }
  }

  @Override
  public void close() {
    try {
      listenSocket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
