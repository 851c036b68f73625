package io.headgate.http;

import io.headgate.text.Suggestion;
import java.util.Collection;

/** Suggests the known word that was probably meant, for error messages. */
public final class Spelling {

  private static final int LONGEST_SHOWN = 60;

  private Spelling() {}

  /** Returns the nearest known word as a question that ends a sentence; empty when none is near. */
  public static String hint(String word, Collection<String> known) {
    return Suggestion.question(word, known);
  }

  /** Text from a request, shortened so that it fits into a message. */
  public static String shown(String word) {
    int end = Math.min(word.length(), LONGEST_SHOWN);
    return end < word.length() ? word.substring(0, end) + "…" : word;
  }
}
