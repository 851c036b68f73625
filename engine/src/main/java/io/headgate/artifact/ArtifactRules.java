package io.headgate.artifact;

import java.util.regex.Pattern;

/** The rules for names and media types of artifacts. */
final class ArtifactRules {

  // Not only dots: clients remove such segments from URLs.
  private static final Pattern NAME = Pattern.compile("(?!\\.+$)[A-Za-z0-9._-]{1,100}");

  private static final Pattern MEDIA_TYPE =
      Pattern.compile(
          "[A-Za-z0-9!#$&^_.+-]{1,60}/[A-Za-z0-9!#$&^_.+-]{1,90}"
              + "( ?; ?[A-Za-z0-9_-]{1,20}=[A-Za-z0-9_.:+-]{1,40}){0,2}");

  private ArtifactRules() {}

  /**
   * @throws ArtifactRefusedException when the name or the media type is invalid
   */
  static void check(String name, String mediaType) throws ArtifactRefusedException {
    if (!isName(name)) {
      throw new ArtifactRefusedException(
          "an artifact name must have 1 to 100 letters, digits, dots, dashes and underscores; got: "
              + name);
    }
    if (!MEDIA_TYPE.matcher(mediaType).matches()) {
      throw new ArtifactRefusedException("not a media type: " + mediaType);
    }
  }

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }
}
