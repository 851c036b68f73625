package io.headgate.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream that may stay open for hours. When the connection breaks, the stream is opened
 * again after the last element that has a position. No element is lost; elements without a position
 * that arrived after that one may be repeated.
 *
 * <p>Not safe for use by several threads.
 */
final class ResumableStream<T> implements Iterator<T>, AutoCloseable {

  /** How one kind of stream is opened, read and resumed. */
  interface StreamFormat<T> {

    /**
     * Opens the stream.
     *
     * @param after {@link #positionOf} the last element that had one; null at the start
     */
    InputStream open(@Nullable String after);

    /** Reads the next element; null at the end of the response. */
    @Nullable T next(BufferedReader lines) throws IOException;

    /** The position to resume after this element; null when the element has none. */
    @Nullable String positionOf(T element);

    /** True when a response that ends after this element is complete. */
    boolean endsAfter(@Nullable T last);
  }

  private static final int MAX_ATTEMPTS = 6;

  /**
   * The wait before the second try. It doubles with each further try: six tries take six seconds,
   * enough for a server to restart.
   */
  static final Duration FIRST_WAIT = Duration.ofMillis(200);

  private final StreamFormat<T> format;
  private final URI server;
  private final Duration firstWait;
  private @Nullable BufferedReader lines;
  private @Nullable T last;
  private @Nullable T lookahead;
  private @Nullable String after;
  private int failures;
  private boolean ended;

  ResumableStream(StreamFormat<T> format, URI server, Duration firstWait, @Nullable String after) {
    this.format = format;
    this.server = server;
    this.firstWait = firstWait;
    this.after = after;
    this.lines = reader(format.open(after)); // throws a refusal here, not at the first element
  }

  @Override
  public boolean hasNext() {
    while (lookahead == null && !ended) {
      try {
        advance();
      } catch (IOException | UnreachableException e) {
        reconnectLater(e);
      }
    }
    return lookahead != null;
  }

  @Override
  public T next() {
    if (!hasNext() || lookahead == null) {
      throw new NoSuchElementException();
    }
    T element = lookahead;
    lookahead = null;
    return element;
  }

  @Override
  public void close() {
    ended = true;
    disconnect();
  }

  /** The elements as a lazy stream; closing it closes the connection. */
  Stream<T> stream() {
    int ordered = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, ordered), false)
        .onClose(this::close);
  }

  private void advance() throws IOException {
    if (lines == null) {
      lines = reader(format.open(after));
    }
    T element = format.next(lines);
    if (element == null) {
      endOrBreak();
      return;
    }
    lookahead = element;
    last = element;
    String position = format.positionOf(element);
    after = position == null ? after : position;
    failures = 0;
  }

  private void endOrBreak() throws IOException {
    if (!format.endsAfter(last)) {
      throw new IOException("the response ended before the stream was complete");
    }
    close();
  }

  private void reconnectLater(Exception cause) {
    disconnect();
    Duration wait = firstWait.multipliedBy(1L << failures);
    failures++;
    if (failures >= MAX_ATTEMPTS) {
      close();
      throw new UnreachableException(server, cause);
    }
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new UnreachableException(server, e);
    }
  }

  private void disconnect() {
    BufferedReader reader = lines;
    lines = null;
    if (reader != null) {
      try {
        reader.close();
      } catch (IOException e) {
        // the connection is unusable either way
      }
    }
  }

  private static BufferedReader reader(InputStream body) {
    return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }
}
