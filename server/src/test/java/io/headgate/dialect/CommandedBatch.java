package io.headgate.dialect;

import java.util.Set;
import java.util.UUID;

/**
 * A batch whose items end as the test says.
 *
 * @param vendorId its id in the tested API
 * @param id its native id
 */
record CommandedBatch(String vendorId, UUID id, CommandedProcessor processor) {

  CommandedBatch(CancelCase.SubmittedBatch submitted, CommandedProcessor work) {
    this(submitted.vendorId(), submitted.id(), work);
  }

  String path(CancelCase api) {
    return api.path(vendorId);
  }

  void awaitStarted(int items) {
    processor.awaitStarted(id, items);
  }

  Set<Integer> started() {
    return processor.started(id);
  }

  void succeed(int... ordinals) {
    for (int ordinal : ordinals) {
      processor.succeed(id, ordinal);
    }
  }

  void fail(int ordinal) {
    processor.fail(id, ordinal);
  }
}
