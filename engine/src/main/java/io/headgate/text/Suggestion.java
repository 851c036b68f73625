package io.headgate.text;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the known name that was probably meant by an unknown one. */
public final class Suggestion {

  /** Edits that are always a misspelling, however short the name is. */
  private static final int FEWEST_EDITS = 2;

  /** One edit is allowed for so many characters of a longer name. */
  private static final int CHARACTERS_PER_EDIT = 3;

  /**
   * Longer names are not compared: the cost grows with the length, and they are no typing errors.
   */
  private static final int LONGEST_NAME = 200;

  private Suggestion() {}

  /**
   * The nearest of the known names by edit distance. Upper and lower case are the same.
   *
   * @param name the unknown name, as it was written
   * @param known the names that exist
   * @return empty when more than a third of the characters, and more than two, would have to change
   */
  public static Optional<String> nearest(String name, Collection<String> known) {
    if (name.length() > LONGEST_NAME) {
      return Optional.empty();
    }
    String lower = name.toLowerCase(Locale.ROOT);
    int most = Math.max(FEWEST_EDITS, name.length() / CHARACTERS_PER_EDIT);
    LevenshteinDistance distance = new LevenshteinDistance(most);
    String nearest = null;
    int fewest = most + 1;
    for (String candidate : known) {
      int edits = distance.apply(lower, candidate.toLowerCase(Locale.ROOT));
      if (edits >= 0 && edits < fewest) {
        nearest = candidate;
        fewest = edits;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** {@code ", did you mean x?"}, to end a sentence with; empty when no known name is near. */
  public static String question(String name, Collection<String> known) {
    return nearest(name, known).map(found -> ", did you mean " + found + "?").orElse("");
  }
}
