package io.headgate.view;

import java.util.ArrayList;
import java.util.List;

/** Collects result lines up to a maximum number or a maximum total size of their outputs. */
final class ResultChunk {

  private static final long ENOUGH_CHARS = 4L << 20;

  private final int limit;
  private final List<ResultLine> lines = new ArrayList<>();
  private long chars;

  ResultChunk(int limit) {
    this.limit = limit;
  }

  void add(ResultLine line) {
    lines.add(line);
    chars += line.output() == null ? 0 : line.output().length();
  }

  boolean full() {
    return room() == 0 || chars >= ENOUGH_CHARS;
  }

  int room() {
    return limit - lines.size();
  }

  List<ResultLine> lines() {
    return lines;
  }
}
