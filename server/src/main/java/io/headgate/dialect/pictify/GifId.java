package io.headgate.dialect.pictify;

import io.headgate.artifact.Links;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of an animation. Anyone who knows it may see the animation, without a key, so it is signed
 * and says all there is to say.
 */
record GifId(UUID batch, Facts facts, String token) {

  /**
   * @param seconds that the animation lasts
   */
  record Facts(int width, int height, BigDecimal seconds) {

    Facts {
      BigDecimal brief = seconds.setScale(3, RoundingMode.HALF_UP).stripTrailingZeros();
      seconds = brief.scale() < 0 ? brief.setScale(0) : brief;
    }

    /** What stands in the seal where links have the name of an artifact; no artifact has it. */
    private String name() {
      return "%d.%d.%s.animation"
          .formatted(width, height, seconds.toPlainString().replace('.', '_'));
    }
  }

  /** Of the one artifact of its item. */
  static final String ARTIFACT = "default.gif";

  private static final Pattern TEXT =
      Pattern.compile(
          "([A-Za-z0-9_-]+)\\.([0-9]{1,4})\\.([0-9]{1,4})\\.([0-9]{1,2}(?:_[0-9]{1,3})?)");

  static GifId of(PictureLinks pictures, UUID batch, Facts facts) {
    Links.Target sealed = new Links.Target(batch, 0, facts.name());
    return new GifId(batch, facts, pictures.links().token(sealed, pictures.until(null)));
  }

  /** The id; empty for a text that was not signed here, or is no longer good. */
  static Optional<GifId> parse(Links links, String text) {
    Matcher match = TEXT.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    Facts facts =
        new Facts(
            Integer.parseInt(match.group(2)),
            Integer.parseInt(match.group(3)),
            new BigDecimal(match.group(4).replace('_', '.')));
    return links
        .open(match.group(1), facts.name())
        .map(target -> new GifId(target.batchId(), facts, match.group(1)));
  }

  String text() {
    return token + "." + facts.name().replaceFirst("\\.animation$", "");
  }
}
