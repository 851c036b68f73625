package io.headgate.bench;

/**
 * One way to cancel jobs in one product.
 *
 * @param name the product, its version and the way, as shown in the tables
 * @param way the calls, in a sentence
 * @param page the page of the product's documentation that describes it
 * @param opening starts the product
 */
record Entrant(String name, String way, String page, Opening opening) {

  /** Sets up the product on an empty database. */
  interface Opening {
    /**
     * Sets it up.
     *
     * @throws NotMeasured when this machine lacks something it needs
     */
    Contender open(House house) throws Exception;
  }

  /** The product cannot be measured; the message says why. */
  static final class NotMeasured extends Exception {

    private static final long serialVersionUID = 1;

    private final String reason;

    NotMeasured(String reason) {
      super(reason);
      this.reason = "not measured: " + reason;
    }

    String reason() {
      return reason;
    }
  }
}
