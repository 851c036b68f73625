package io.headgate.dialect.spidra;

import io.headgate.dialect.NativeTargets;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.outbound.OutboundResult;
import io.headgate.outbound.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Checks the URLs of a submit request before anything is stored. */
final class SpidraUrls {

  private SpidraUrls() {}

  /**
   * Returns the URLs.
   *
   * @param urls as the client sent them
   * @param path the path of a URL in its entry, such as {@code .url}, for errors; may be empty
   * @throws io.headgate.http.ProblemException 400 if it is no array; 422 if it does not hold 1 to
   *     {@code max} URLs, all of which this server fetches
   */
  static List<String> requireFetchable(JsonNode urls, int max, String path, NativeTargets allowed) {
    if (urls.isMissingNode() || urls.isNull()) {
      throw SpidraRefusals.missing("urls");
    }
    if (!urls.isArray()) {
      throw Problem.of(ProblemCode.INVALID_REQUEST, "urls must be an array").asException();
    }
    if (urls.isEmpty() || urls.size() > max) {
      throw SpidraRefusals.invalid(List.of("urls must hold 1 to " + max + " entries"));
    }
    List<String> errors = new ArrayList<>();
    List<Target.Url> targets = new ArrayList<>();
    for (int i = 0; i < urls.size(); i++) {
      parse("urls[" + i + "]" + path, urls.get(i), targets, errors);
    }
    SpidraRefusals.throwIfAny(errors);
    refusePrivate(targets, allowed);
    return urls.valueStream().map(JsonNode::asString).toList();
  }

  private static void parse(
      String field, JsonNode url, List<Target.Url> targets, List<String> errors) {
    if (!url.isString()) {
      errors.add(field + " must be a string");
      return;
    }
    switch (Target.parse(url.asString())) {
      case Target.Url target -> targets.add(target);
      case OutboundResult.OutboundFailure failed -> errors.add(field + ": " + failed.message());
    }
  }

  private static void refusePrivate(List<Target.Url> targets, NativeTargets allowed) {
    Set<String> refused = allowed.refusedHosts(targets);
    List<String> errors = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      if (refused.contains(targets.get(i).host())) {
        errors.add("urls[" + i + "] points to a private or internal address");
      }
    }
    SpidraRefusals.throwIfAny(errors);
  }
}
