package io.headgate.client;

/** How the items of a streamed submit are written. */
public enum ItemFormat {
  /** A line is an item, or the bare input of one. */
  NDJSON("application/x-ndjson"),
  /** A header row; the column {@code ref} is the ref, the others are the input. */
  CSV("text/csv");

  private final String mediaType;

  ItemFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }
}
