package io.headgate.simulate;

import io.headgate.batch.Caller;
import java.util.UUID;

/**
 * What the simulation keeps about a batch.
 *
 * @param number counts the batches of a seed, from 1
 * @param owner the account that submitted it
 * @param total the number of its items
 */
record BatchHandle(int number, UUID id, Caller owner, int total) {

  String name() {
    return "B" + number;
  }
}
