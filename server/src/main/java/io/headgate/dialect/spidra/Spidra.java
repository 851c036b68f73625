package io.headgate.dialect.spidra;

import io.headgate.access.Manners;
import io.headgate.dialect.Dialect;
import io.headgate.dialect.House;
import io.headgate.dialect.NativeDoor;
import io.headgate.http.Answer;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import java.util.List;

/** The dialect {@code spidra}: pages to scrape, in batches and one by one, below {@code /api}. */
public final class Spidra implements Dialect {

  static final String NAME = "spidra";

  /** The door of single scrapes: they are no batches to those who list batches. */
  static final String SCRAPES = "spidra-scrape";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Operation> operations(House house) {
    NativeDoor door = new NativeDoor(house, NAME);
    NativeDoor scrapes = new NativeDoor(house, SCRAPES);
    return List.of(
        new SubmitBatch(door),
        new ShowBatch(door),
        new ListBatches(door),
        new RetryBatch(door),
        new CancelBatch(door),
        new SubmitScrape(scrapes),
        new ShowScrape(scrapes),
        new ListLogs(scrapes),
        new ShowLog(scrapes),
        new ShowUsage(door));
  }

  @Override
  public List<String> prefixes() {
    return List.of("/api");
  }

  @Override
  public Problem nothing(String path) {
    return SpidraErrors.nothing(path);
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
