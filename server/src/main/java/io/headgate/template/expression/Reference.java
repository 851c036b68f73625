package io.headgate.template.expression;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A name that an expression reads.
 *
 * @param origin where the name is looked for
 * @param up for {@link Origin#SELF}: how many blocks further out
 * @param name the bare name, or the first member of {@code this}, {@code ..} or {@code @root};
 *     empty when the value is taken whole
 * @param deep members of it are read
 * @param use what the expression does with the value
 * @param otherwise what the expression shows where there is no value; null where it does not say
 */
public record Reference(
    Origin origin, int up, String name, boolean deep, Use use, @Nullable JsonNode otherwise) {

  Reference(Origin origin, int up, String name, boolean deep, Use use) {
    this(origin, up, name, deep, use, null);
  }

  /** Where a name is looked for. */
  public enum Origin {
    NAME,
    SELF,
    ROOT
  }

  /** What is done with the value of a name. */
  public enum Use {
    /** It is shown, whole and as it is. */
    SHOWN,
    /** It is asked for its truth. */
    TRUTH,
    NUMBER,
    LIST,
    /** Anything else. */
    OTHER
  }
}
