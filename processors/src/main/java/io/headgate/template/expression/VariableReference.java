package io.headgate.template.expression;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A name that an expression reads.
 *
 * @param origin the value in which the name is looked up
 * @param up for {@link ReferenceOrigin#SELF}: how many blocks further out
 * @param name the bare name, or the first member of {@code this}, {@code ..} or {@code @root};
 *     empty when the value is taken whole
 * @param deep true when members of the value are read
 * @param use how the expression uses the value
 * @param defaultValue the default value in the expression; null without one
 */
public record VariableReference(
    ReferenceOrigin origin,
    int up,
    String name,
    boolean deep,
    VariableUse use,
    @Nullable JsonNode defaultValue) {

  VariableReference(ReferenceOrigin origin, int up, String name, boolean deep, VariableUse use) {
    this(origin, up, name, deep, use, null);
  }

  /** The value in which a name is looked up. */
  public enum ReferenceOrigin {
    NAME,
    SELF,
    ROOT
  }

  /** How the expression uses the value of a name. */
  public enum VariableUse {
    /** The value itself is shown. */
    SHOWN,
    /** The value is a condition. */
    TRUTH,
    NUMBER,
    LIST,
    /** Any other use. */
    OTHER
  }
}
