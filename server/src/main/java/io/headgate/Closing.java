package io.headgate;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes resources in reverse order of opening; goes on when one of them fails to close. */
final class Closing implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Closing.class);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T room) {
    opened.push(room);
    return room;
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      AutoCloseable room = opened.pop();
      try {
        room.close();
      } catch (Exception e) {
        log.warn("{} failed to close", room.getClass().getSimpleName(), e);
      }
    }
  }
}
