package io.headgate.bench;

import java.util.List;

/** One thing measured beside what it is held against. */
interface Comparison {

  /** The word it is asked for by. */
  String name();

  /** What it measures, in one sentence. */
  String question();

  /**
   * Measures, in bounded time, and leaves nothing behind.
   *
   * @throws Exception when something could not be measured
   */
  List<Figure> run(Settings settings) throws Exception;
}
