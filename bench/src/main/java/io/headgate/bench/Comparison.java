package io.headgate.bench;

import java.util.List;

/** One measurement together with what it is compared with. */
interface Comparison {

  /** The name that selects it on the command line. */
  String name();

  /** What it measures, in one sentence. */
  String question();

  /**
   * Measures in bounded time and removes everything it created.
   *
   * @throws Exception when the measurement fails
   */
  List<Figure> run(Settings settings) throws Exception;
}
