package io.headgate.simulate;

import io.headgate.batch.Caller;
import java.util.UUID;

/**
 * A batch as its submitter knows it.
 *
 * @param number the how manieth of its seed
 */
record Known(int number, UUID id, Caller owner, int total) {

  String name() {
    return "B" + number;
  }
}
