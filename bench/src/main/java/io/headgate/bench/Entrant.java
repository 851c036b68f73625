package io.headgate.bench;

/**
 * One way to cancel, in one product.
 *
 * @param name product, version and way, as the tables have it
 * @param way what is called, in a sentence
 * @param page where its own documentation says so
 */
record Entrant(String name, String way, String page, Opening opening) {

  /** Makes the product ready on an empty database. */
  interface Opening {
    /**
     * @throws NotMeasured when this machine lacks what it takes
     */
    Contender open(House house) throws Exception;
  }

  /** Says why there are no figures. */
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
