package io.headgate.engine;

/** With which confided options failed items run again; see {@link Confided}. */
public sealed interface Retrial {

  /** With those they ran with before: refused where these were wiped. */
  record AsBefore() implements Retrial {}

  /** With what the batch still has, and without any where that was wiped. */
  record Without() implements Retrial {}

  /**
   * With others.
   *
   * @param sealed as {@link Confided} seals them
   */
  record With(String sealed) implements Retrial {}
}
