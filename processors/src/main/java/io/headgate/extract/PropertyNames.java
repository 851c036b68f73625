package io.headgate.extract;

import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names of a property: its name and its title. Names are compared by normalized keys, so that
 * {@code unitPrice}, {@code unit_price} and "Unit prices (net)" are equal.
 */
record PropertyNames(Set<String> keys) {

  private static final Pattern BRACKETED = Pattern.compile("\\([^()]*\\)|\\[[^\\[\\]]*]");
  private static final Pattern CAMEL =
      Pattern.compile("(?<=[\\p{Ll}\\p{Nd}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");
  private static final Pattern ASCII = Pattern.compile("\\p{ASCII}*");
  private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036f]");
  private static final Map<String, String> UMLAUTS =
      Map.of("ä", "ae", "ö", "oe", "ü", "ue", "Ä", "Ae", "Ö", "Oe", "Ü", "Ue");
  private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{Nd}]+");

  /** Names that mean something different in each nested object, so nested objects are skipped. */
  private static final Set<String> GENERIC =
      Set.of("name", "url", "description", "image", "id", "identifier", "type", "title", "text");

  static PropertyNames of(String name, String title) {
    Set<String> keys = new LinkedHashSet<>();
    keys.add(key(name));
    keys.add(key(title));
    keys.remove("");
    return new PropertyNames(keys);
  }

  boolean matches(String label) {
    return keysOfLabel(label).stream().anyMatch(keys::contains);
  }

  /** True for names that describe only the object they belong to. */
  boolean isGeneric() {
    return keys.stream().anyMatch(GENERIC::contains);
  }

  /** Returns these names, each prefixed with the names of the owning object. */
  PropertyNames prefixedWith(PropertyNames owner) {
    return new PropertyNames(
        owner.keys.stream()
            .flatMap(first -> keys.stream().map(second -> first + second))
            .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  /** Removes case, accents, spaces, punctuation, plurals and bracketed text. */
  static String key(String text) {
    String unaccented = ASCII.matcher(text).matches() ? text : unaccented(text);
    String spaced = CAMEL.matcher(BRACKETED.matcher(unaccented).replaceAll(" ")).replaceAll(" ");
    StringBuilder key = new StringBuilder();
    for (String word : SEPARATORS.split(spaced.toLowerCase(Locale.ROOT), -1)) {
      key.append(singular(word));
    }
    return key.toString();
  }

  /**
   * Returns the keys of a label. A label with umlauts has a second key in which each umlaut is two
   * letters, because property names often spell it that way.
   */
  static List<String> keysOfLabel(String label) {
    String key = key(label);
    if (ASCII.matcher(label).matches()) {
      return List.of(key);
    }
    String composed = Normalizer.normalize(label, Normalizer.Form.NFC);
    for (Map.Entry<String, String> umlaut : UMLAUTS.entrySet()) {
      composed = composed.replace(umlaut.getKey(), umlaut.getValue());
    }
    return Stream.of(key, key(composed)).distinct().toList();
  }

  private static String unaccented(String text) {
    String decomposed = Normalizer.normalize(text.replace("ß", "ss"), Normalizer.Form.NFD);
    return ACCENTS.matcher(decomposed).replaceAll("");
  }

  /** Maps singular and plural to one form, which need not be a real word. */
  private static String singular(String word) {
    int length = word.length();
    if (length > 4 && word.endsWith("ies")) {
      return word.substring(0, length - 3) + "y";
    }
    if (length > 4 && word.endsWith("ie")) {
      return word.substring(0, length - 2) + "y";
    }
    if (word.endsWith("ches") || word.endsWith("shes") || word.endsWith("xes")) {
      return word.substring(0, length - 2);
    }
    boolean plural =
        length > 3
            && word.endsWith("s")
            && !word.endsWith("ss")
            && !word.endsWith("us")
            && !word.endsWith("is");
    return plural ? word.substring(0, length - 1) : word;
  }
}
