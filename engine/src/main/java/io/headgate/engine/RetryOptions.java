package io.headgate.engine;

/** The secret options with which failed items run again; see {@link SecretOptions}. */
public sealed interface RetryOptions {

  /** The same as before; refused when these were erased. */
  record SameSecrets() implements RetryOptions {}

  /** Those that the batch still has, if any. */
  record NoSecrets() implements RetryOptions {}

  /**
   * New ones.
   *
   * @param sealed as {@link SecretOptions} seals them
   */
  record NewSecrets(String sealed) implements RetryOptions {}
}
