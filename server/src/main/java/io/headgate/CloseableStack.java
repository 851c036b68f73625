package io.headgate;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes resources in reverse order of opening; goes on when one of them fails to close. */
final class CloseableStack implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(CloseableStack.class);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  <T extends AutoCloseable> T add(T resource) {
    opened.push(resource);
    return resource;
  }

  @Override
  public void close() {
    while (!opened.isEmpty()) {
      AutoCloseable resource = opened.pop();
      try {
        resource.close();
      } catch (Exception e) {
        log.warn("{} failed to close", resource.getClass().getSimpleName(), e);
      }
    }
  }
}
