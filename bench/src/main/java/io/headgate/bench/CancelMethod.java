package io.headgate.bench;

/**
 * One way to cancel jobs in one product.
 *
 * @param name the product, its version and the way, as shown in the tables
 * @param description the calls, in a sentence
 * @param page the page of the product's documentation that describes it
 * @param factory starts the product
 */
record CancelMethod(String name, String description, String page, CompetitorFactory factory) {

  /** Sets up the product on an empty database. */
  interface CompetitorFactory {
    /**
     * Sets it up.
     *
     * @throws NotMeasuredException when this machine lacks something it needs
     */
    Competitor open(BenchServer server) throws Exception;
  }

  /** The product cannot be measured; the message has the reason. */
  static final class NotMeasuredException extends Exception {

    private static final long serialVersionUID = 1;

    private final String reason;

    NotMeasuredException(String reason) {
      super(reason);
      this.reason = "not measured: " + reason;
    }

    String reason() {
      return reason;
    }
  }
}
