package io.headgate.artifact;

import java.util.UUID;

/**
 * A file beside the output of an item that succeeded.
 *
 * @param name unique in the item
 * @param mediaType as its processor told it
 * @param sha256 of its bytes, in lower-case hex
 * @param place where the bytes lie
 */
public record Artifact(String name, String mediaType, long bytes, String sha256, Place place) {

  /**
   * Where the bytes of an artifact lie.
   *
   * @param shelf the folder or bucket
   */
  public record Place(String shelf, UUID id) {}
}
