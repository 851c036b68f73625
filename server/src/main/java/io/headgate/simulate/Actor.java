package io.headgate.simulate;

/** Somebody who does one thing to the house at a time. */
interface Actor {

  /**
   * Does it, by a verb of the engine, and says what it was and what came of it. Names batches by
   * their number, so that every run of a seed tells the same story.
   *
   * @throws Broken when the answer itself breaks a law
   */
  String act(World world);
}
