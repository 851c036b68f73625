package io.headgate.simulate;

/** A participant of the simulation; each step is one operation by one actor. */
interface Actor {

  /**
   * Performs one operation of the engine. The description names batches by their number and not by
   * their id, so that every run of a seed produces the same history.
   *
   * @return a description of the operation and its result
   * @throws LawViolation when the result itself violates a law
   */
  String act(World world);
}
