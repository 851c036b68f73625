package io.headgate.view;

import java.util.ArrayList;
import java.util.List;

/** Collects result lines up to a maximum number or a maximum total size of their outputs. */
final class ResultCollector {

  private static final long MAX_CHARS = 4L << 20;

  private final int limit;
  private final List<ResultLine> lines = new ArrayList<>();
  private long chars;

  ResultCollector(int limit) {
    this.limit = limit;
  }

  void add(ResultLine line) {
    lines.add(line);
    chars += line.output() == null ? 0 : line.output().length();
  }

  boolean full() {
    return remaining() == 0 || chars >= MAX_CHARS;
  }

  int remaining() {
    return limit - lines.size();
  }

  List<ResultLine> lines() {
    return lines;
  }
}
