package io.headgate.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.UUID;

/** Simulates the death of the process: nothing runs afterwards, not even cleanup. */
final class ProcessDeath extends Error {

  private static final long serialVersionUID = 1L;

  /** The step of storing an artifact at which the process dies. */
  enum DeathPoint {
    AFTER_ROW,
    DURING_WRITE,
    BEFORE_MARK
  }

  private ProcessDeath() {
    super("the process died");
  }

  /** A storage on which a write ends the process. */
  static BlobStore during(BlobStore store, DeathPoint when, Runnable leaveHalf) {
    return new FaultyBlobStore(store) {
      @Override
      public void put(UUID id, Path file, long bytes) throws IOException {
        switch (when) {
          case AFTER_ROW -> {}
          case DURING_WRITE -> leaveHalf.run();
          case BEFORE_MARK -> super.put(id, file, bytes);
        }
        throw new ProcessDeath();
      }
    };
  }

  /** A storage that runs {@code first} before each write. */
  static BlobStore after(BlobStore store, Runnable first, boolean dies) {
    return new FaultyBlobStore(store) {
      @Override
      public void put(UUID id, Path file, long bytes) throws IOException {
        first.run();
        super.put(id, file, bytes);
        if (dies) {
          throw new ProcessDeath();
        }
      }
    };
  }

  /** Delegates to another storage; subclasses add faults. */
  static class FaultyBlobStore implements BlobStore {

    private final BlobStore store;

    FaultyBlobStore(BlobStore store) {
      this.store = store;
    }

    @Override
    public String name() {
      return store.name();
    }

    @Override
    public void put(UUID id, Path file, long bytes) throws IOException {
      store.put(id, file, bytes);
    }

    @Override
    public InputStream open(UUID id, long from, long length) throws IOException {
      return store.open(id, from, length);
    }

    @Override
    public void delete(UUID id) throws IOException {
      store.delete(id);
    }

    @Override
    public void close() {
      store.close();
    }
  }
}
