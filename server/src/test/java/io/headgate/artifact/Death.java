package io.headgate.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.UUID;

/** Simulates the death of the process: nothing runs afterwards, not even cleanup. */
final class Death extends Error {

  private static final long serialVersionUID = 1L;

  /** The step of storing an artifact at which the process dies. */
  enum When {
    AFTER_ITS_ROW,
    AMID_ITS_BYTES,
    BEFORE_ITS_MARK
  }

  private Death() {
    super("the process died");
  }

  /** A storage on which a write ends the process. */
  static Shelf on(Shelf shelf, When when, Runnable leaveHalf) {
    return new Faulty(shelf) {
      @Override
      public void put(UUID id, Path file, long bytes) throws IOException {
        switch (when) {
          case AFTER_ITS_ROW -> {}
          case AMID_ITS_BYTES -> leaveHalf.run();
          case BEFORE_ITS_MARK -> super.put(id, file, bytes);
        }
        throw new Death();
      }
    };
  }

  /** A storage that runs {@code first} before each write. */
  static Shelf after(Shelf shelf, Runnable first, boolean dies) {
    return new Faulty(shelf) {
      @Override
      public void put(UUID id, Path file, long bytes) throws IOException {
        first.run();
        super.put(id, file, bytes);
        if (dies) {
          throw new Death();
        }
      }
    };
  }

  /** Delegates to another storage; subclasses add faults. */
  static class Faulty implements Shelf {

    private final Shelf shelf;

    Faulty(Shelf shelf) {
      this.shelf = shelf;
    }

    @Override
    public String name() {
      return shelf.name();
    }

    @Override
    public void put(UUID id, Path file, long bytes) throws IOException {
      shelf.put(id, file, bytes);
    }

    @Override
    public InputStream open(UUID id, long from, long length) throws IOException {
      return shelf.open(id, from, length);
    }

    @Override
    public void delete(UUID id) throws IOException {
      shelf.delete(id);
    }

    @Override
    public void close() {
      shelf.close();
    }
  }
}
