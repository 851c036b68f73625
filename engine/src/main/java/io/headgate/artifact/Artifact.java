package io.headgate.artifact;

import java.util.UUID;

/**
 * A file that belongs to the output of a succeeded item.
 *
 * @param name unique within the item
 * @param mediaType as the processor set it
 * @param bytes the size of the file
 * @param sha256 the hash of the file in lower-case hex
 * @param location where the file is stored
 */
public record Artifact(
    String name, String mediaType, long bytes, String sha256, BlobLocation location) {

  /**
   * Where an artifact is stored.
   *
   * @param store the name of the folder or bucket; see {@link BlobStore#name}
   * @param id the key of the file there
   */
  public record BlobLocation(String store, UUID id) {}
}
