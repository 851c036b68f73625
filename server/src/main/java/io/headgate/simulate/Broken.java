package io.headgate.simulate;

/** A law was violated. It ends the seed. */
final class Broken extends RuntimeException {

  private static final long serialVersionUID = 1L;

  final String law;

  Broken(String law, String detail) {
    super(detail);
    this.law = law;
  }

  static void unless(boolean kept, String law, String detail) {
    if (!kept) {
      throw new Broken(law, detail);
    }
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
