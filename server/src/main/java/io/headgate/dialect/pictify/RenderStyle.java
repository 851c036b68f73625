package io.headgate.dialect.pictify;

import io.headgate.batch.Violation;
import io.headgate.batch.ViolationKind;
import io.headgate.http.InvalidInputException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The format and size of renders, the same in requests for batches and for single renders.
 *
 * @param quality 0.1 to 1; clients of the first generation send 1 to 100
 * @param layout one layout, or several in {@code layouts}; neither for the base template
 */
record RenderStyle(
    @Nullable String format,
    @Nullable BigDecimal quality,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable String layout,
    @Nullable List<String> layouts) {

  private static final Set<String> FORMATS = Set.of("png", "jpeg", "jpg", "webp", "gif", "pdf");
  private static final Pattern LAYOUT = Pattern.compile("[a-z0-9-]{1,64}");
  private static final int MAX_LAYOUTS = 20;
  private static final int MAX_SIDE = 4_096;
  private static final BigDecimal MIN_QUALITY = new BigDecimal("0.1");
  private static final BigDecimal DEFAULT_QUALITY = new BigDecimal("0.9");

  RenderStyle {
    List<Violation> violations = new ArrayList<>();
    if (format != null && !FORMATS.contains(format.toLowerCase(Locale.ROOT))) {
      violations.add(new Violation("format", "must be one of png, jpeg, webp, gif, pdf"));
    }
    if (quality != null && !isQuality(quality)) {
      violations.add(new Violation("quality", "must be 0.1 to 1", ViolationKind.OUT_OF_RANGE));
    }
    checkSide("width", width, violations);
    checkSide("height", height, violations);
    checkLayouts(layout, layouts, violations);
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations);
    }
  }

  private static boolean isQuality(BigDecimal requested) {
    BigDecimal share = share(requested);
    return share.compareTo(MIN_QUALITY) >= 0 && share.compareTo(BigDecimal.ONE) <= 0;
  }

  /** Checks a size alone. */
  static void checkSize(@Nullable Integer width, @Nullable Integer height) {
    List<Violation> violations = new ArrayList<>();
    checkSide("width", width, violations);
    checkSide("height", height, violations);
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations);
    }
  }

  private static void checkSide(String field, @Nullable Integer side, List<Violation> violations) {
    if (side != null && (side < 1 || side > MAX_SIDE)) {
      violations.add(new Violation(field, "must be 1 to " + MAX_SIDE, ViolationKind.OUT_OF_RANGE));
    }
  }

  private static void checkLayouts(
      @Nullable String layout, @Nullable List<String> layouts, List<Violation> violations) {
    if (layout != null && !LAYOUT.matcher(layout).matches()) {
      violations.add(new Violation("layout", "must match ^[a-z0-9-]{1,64}$"));
    }
    if (layouts == null) {
      return;
    }
    if (layout != null) {
      violations.add(new Violation("layouts", "must not be given beside layout"));
    }
    if (layouts.isEmpty() || layouts.size() > MAX_LAYOUTS) {
      violations.add(
          new Violation(
              "layouts", "must hold 1 to " + MAX_LAYOUTS + " layouts", ViolationKind.OUT_OF_RANGE));
    } else if (!layouts.stream().allMatch(key -> key != null && LAYOUT.matcher(key).matches())) {
      violations.add(new Violation("layouts", "must each match ^[a-z0-9-]{1,64}$"));
    }
  }

  /** The same as options of the processor {@code render}. */
  ObjectNode options() {
    ObjectNode options = JsonNodeFactory.instance.objectNode();
    options.put("format", nativeFormat());
    options.put("quality", nativeQuality());
    if (width != null) {
      options.put("width", width);
    }
    if (height != null) {
      options.put("height", height);
    }
    if (layout != null) {
      options.putArray("layouts").add(layout);
    } else if (layouts != null) {
      ArrayNode all = options.putArray("layouts");
      layouts.stream().distinct().forEach(all::add);
    }
    return options;
  }

  private String nativeFormat() {
    String requested = format == null ? "png" : format.toLowerCase(Locale.ROOT);
    return requested.equals("jpg") ? "jpeg" : requested;
  }

  private BigDecimal nativeQuality() {
    return share(quality == null ? DEFAULT_QUALITY : quality);
  }

  private static BigDecimal share(BigDecimal requested) {
    return requested.compareTo(BigDecimal.ONE) > 0 ? requested.movePointLeft(2) : requested;
  }
}
