package io.headgate.template;

import java.util.Locale;

/** What a block does with the value of its expression. */
enum BlockKind {
  IF,
  UNLESS,
  EACH,
  WITH,

  /** {@code {{#value}}…{{/value}}}: each for a list, with for another true value. Texts only. */
  SECTION,

  /** {@code {{^value}}…{{/value}}}: a section with its halves exchanged. Texts only. */
  INVERTED;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of {@code {{#word …}}}; a section when no helper has that name. */
  static BlockKind ofHelper(String word) {
    return switch (word) {
      case "if" -> IF;
      case "unless" -> UNLESS;
      case "each" -> EACH;
      case "with" -> WITH;
      default -> SECTION;
    };
  }

  /** True when names inside the block belong to another value than outside. */
  boolean movesInto() {
    return switch (this) {
      case EACH, WITH, SECTION -> true;
      case IF, UNLESS, INVERTED -> false;
    };
  }

  InferredType guess() {
    return switch (this) {
      case IF, UNLESS, SECTION, INVERTED -> InferredType.BOOLEAN;
      case EACH -> InferredType.ARRAY;
      case WITH -> InferredType.OBJECT;
    };
  }
}
