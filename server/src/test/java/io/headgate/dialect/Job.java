package io.headgate.dialect;

import java.util.Set;
import java.util.UUID;

/**
 * A batch whose items end as the test says.
 *
 * @param asId its id in the tested API
 * @param id its native id
 */
record Job(String asId, UUID id, CommandedProcessor work) {

  Job(CancelCase.Submitted submitted, CommandedProcessor work) {
    this(submitted.shown(), submitted.id(), work);
  }

  String path(CancelCase api) {
    return api.path(asId);
  }

  void awaitStarted(int items) {
    work.awaitStarted(id, items);
  }

  Set<Integer> started() {
    return work.started(id);
  }

  void succeed(int... ordinals) {
    for (int ordinal : ordinals) {
      work.succeed(id, ordinal);
    }
  }

  void fail(int ordinal) {
    work.fail(id, ordinal);
  }
}
