package io.headgate;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what was opened, the last first, also when one of them fails to. */
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
        log.warn("{} did not close in good order", room.getClass().getSimpleName(), e);
      }
    }
  }
}
