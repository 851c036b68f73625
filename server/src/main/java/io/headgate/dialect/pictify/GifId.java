package io.headgate.dialect.pictify;

import io.headgate.artifact.ArtifactLinks;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of an animation. Anyone who has it may read the animation without a key, so it is signed,
 * and it contains all that the response needs.
 *
 * @param token the signature, with the batch
 */
record GifId(UUID batch, GifProperties facts, String token) {

  /**
   * The animation's size and duration.
   *
   * @param seconds rounded to milliseconds
   */
  record GifProperties(int width, int height, BigDecimal seconds) {

    GifProperties {
      BigDecimal rounded = seconds.setScale(3, RoundingMode.HALF_UP).stripTrailingZeros();
      seconds = rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }

    /** Signed in place of an artifact's name. No artifact has such a name. */
    private String name() {
      return "%d.%d.%s.animation"
          .formatted(width, height, seconds.toPlainString().replace('.', '_'));
    }
  }

  /** The name of the animation's artifact. */
  static final String ARTIFACT = "default.gif";

  private static final Pattern TEXT =
      Pattern.compile(
          "([A-Za-z0-9_-]+)\\.([0-9]{1,4})\\.([0-9]{1,4})\\.([0-9]{1,2}(?:_[0-9]{1,3})?)");

  static GifId of(PictifyImageLinks pictures, UUID batch, GifProperties facts) {
    ArtifactLinks.ArtifactRef target = new ArtifactLinks.ArtifactRef(batch, 0, facts.name());
    return new GifId(batch, facts, pictures.links().token(target, pictures.until(null)));
  }

  /** Reads an id; empty if this server did not sign it or it has expired. */
  static Optional<GifId> parse(ArtifactLinks links, String text) {
    Matcher match = TEXT.matcher(text);
    if (!match.matches()) {
      return Optional.empty();
    }
    GifProperties facts =
        new GifProperties(
            Integer.parseInt(match.group(2)),
            Integer.parseInt(match.group(3)),
            new BigDecimal(match.group(4).replace('_', '.')));
    return links
        .verify(match.group(1), facts.name())
        .map(target -> new GifId(target.batchId(), facts, match.group(1)));
  }

  String text() {
    return token + "." + facts.name().replaceFirst("\\.animation$", "");
  }
}
