package io.headgate.dialect.spidra;

import io.headgate.access.Manners;
import io.headgate.dialect.Dialect;
import io.headgate.dialect.House;
import io.headgate.dialect.NativeDoor;
import io.headgate.http.Answer;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import java.util.List;

/** The dialect {@code spidra}: batches of pages to scrape, below {@code /api}. */
public final class Spidra implements Dialect {

  static final String NAME = "spidra";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Operation> operations(House house) {
    NativeDoor door = new NativeDoor(house, NAME);
    return List.of(new SubmitBatch(door), new ShowBatch(door), new CancelBatch(door));
  }

  @Override
  public Manners manners(House house) {
    return new SpidraManners(house.clock());
  }

  @Override
  public Answer refusal(Problem problem) {
    return SpidraErrors.answer(problem);
  }
}
