package io.headgate.client;

/** The format of the items of a streamed submit. */
public enum ItemFormat {
  /** Each line is an item {@code {"ref": …, "input": …}} or the bare input of one. */
  NDJSON("application/x-ndjson"),
  /** The first row names the columns. The column {@code ref} is the ref, the others the input. */
  CSV("text/csv");

  private final String mediaType;

  ItemFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }
}
