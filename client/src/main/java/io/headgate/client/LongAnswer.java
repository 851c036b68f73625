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
 * Reads an answer that may take hours. When the connection breaks it is opened again after the last
 * element that has a place, so nothing is lost; elements that came since, which have none, may come
 * again.
 */
final class LongAnswer<T> implements Iterator<T>, AutoCloseable {

  /** What differs between the streams of the API. */
  interface Shape<T> {

    /** Opens the answer; {@code after} is {@link #placeOf} the last element, null at the start. */
    InputStream open(@Nullable String after);

    /** The element the next lines make; null at the end of the answer. */
    @Nullable T next(BufferedReader lines) throws IOException;

    /** Where to go on after an element; null for one that has no place of its own. */
    @Nullable String placeOf(T element);

    /** True when an answer that ends after this element has ended for good. */
    boolean endsAfter(@Nullable T last);
  }

  private static final int TRIES = 6;

  /** Doubled with each further try: six tries take six seconds, enough for a server to restart. */
  static final Duration FIRST_WAIT = Duration.ofMillis(200);

  private final Shape<T> shape;
  private final URI server;
  private final Duration firstWait;
  private @Nullable BufferedReader lines;
  private @Nullable T last;
  private @Nullable T ahead;
  private @Nullable String after;
  private int failures;
  private boolean ended;

  LongAnswer(Shape<T> shape, URI server, Duration firstWait, @Nullable String after) {
    this.shape = shape;
    this.server = server;
    this.firstWait = firstWait;
    this.after = after;
    this.lines = reader(shape.open(after)); // a refusal must show here, not at the first element
  }

  @Override
  public boolean hasNext() {
    while (ahead == null && !ended) {
      try {
        advance();
      } catch (IOException | UnreachableException e) {
        reconnectLater(e);
      }
    }
    return ahead != null;
  }

  @Override
  public T next() {
    if (!hasNext() || ahead == null) {
      throw new NoSuchElementException();
    }
    T element = ahead;
    ahead = null;
    return element;
  }

  @Override
  public void close() {
    ended = true;
    letGo();
  }

  /** The same as a lazy stream; close it to let go of the connection. */
  Stream<T> stream() {
    int ordered = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, ordered), false)
        .onClose(this::close);
  }

  private void advance() throws IOException {
    if (lines == null) {
      lines = reader(shape.open(after));
    }
    T element = shape.next(lines);
    if (element == null) {
      endOrBreak();
      return;
    }
    ahead = element;
    last = element;
    String place = shape.placeOf(element);
    after = place == null ? after : place;
    failures = 0;
  }

  private void endOrBreak() throws IOException {
    if (!shape.endsAfter(last)) {
      throw new IOException("the answer stopped before its end");
    }
    close();
  }

  private void reconnectLater(Exception cause) {
    letGo();
    Duration wait = firstWait.multipliedBy(1L << failures);
    failures++;
    if (failures >= TRIES) {
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

  private void letGo() {
    BufferedReader open = lines;
    lines = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // a connection that does not close cleanly is gone all the same
      }
    }
  }

  private static BufferedReader reader(InputStream body) {
    return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }
}
