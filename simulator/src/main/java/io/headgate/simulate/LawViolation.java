package io.headgate.simulate;

/** A law was violated. It ends the seed. */
final class LawViolation extends RuntimeException {

  private static final long serialVersionUID = 1L;

  final String law;

  LawViolation(String law, String detail) {
    super(detail);
    this.law = law;
  }

  static void unless(boolean holds, String law, String detail) {
    if (!holds) {
      throw new LawViolation(law, detail);
    }
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
