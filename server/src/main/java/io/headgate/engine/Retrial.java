package io.headgate.engine;

/** The secret options with which failed items run again; see {@link SecretOptions}. */
public sealed interface Retrial {

  /** The same as before; refused when these were erased. */
  record AsBefore() implements Retrial {}

  /** Those that the batch still has, if any. */
  record Without() implements Retrial {}

  /**
   * New ones.
   *
   * @param sealed as {@link SecretOptions} seals them
   */
  record With(String sealed) implements Retrial {}
}
