package io.headgate.api.batch;

import io.headgate.artifact.Artifact;
import io.headgate.artifact.ArtifactLinks;
import io.headgate.artifact.Artifacts;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.Request;
import io.headgate.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /artifacts/{token}/{name}}: returns the bytes of an artifact. The URL needs no key. A
 * forged token, an expired one and one whose artifact is deleted all get the same 404.
 */
record ShowArtifact(Artifacts artifacts, ArtifactLinks links) implements Operation.OpenOperation {

  private static final Logger log = LoggerFactory.getLogger(ShowArtifact.class);

  @Override
  public Route route() {
    return Route.get("/artifacts/{token}/{name}");
  }

  @Override
  public ApiResponse handle(Request request) {
    Artifact artifact =
        links
            .verify(request.pathParameter("token"), request.pathParameter("name"))
            .flatMap(artifacts::find)
            .orElseThrow(() -> Problem.notFound().asException());
    ApiResponse answer = answer(request, artifact);
    for (Map.Entry<String, String> header : SafeHeaders.of(artifact).entrySet()) {
      answer = answer.withHeader(header.getKey(), header.getValue());
    }
    return answer
        .withHeader("ETag", tag(artifact))
        .withHeader("Accept-Ranges", "bytes")
        .withHeader("Cache-Control", "private");
  }

  private ApiResponse answer(Request request, Artifact artifact) {
    if (request.header("If-None-Match").filter(tags -> matches(tags, artifact)).isPresent()) {
      return ApiResponse.empty(304);
    }
    if (request.method().equals("HEAD")) {
      return sized(200, artifact, artifact.bytes(), InputStream.nullInputStream());
    }
    return switch (range(request, artifact)) {
      case ByteRange.WholeFile() ->
          part(200, artifact, new ByteRange.FilePart(0, artifact.bytes()));
      case ByteRange.FilePart part ->
          part(206, artifact, part)
              .withHeader(
                  "Content-Range",
                  "bytes %d-%d/%d"
                      .formatted(part.from(), part.from() + part.length() - 1, artifact.bytes()));
      case ByteRange.Unsatisfiable() ->
          ApiResponse.empty(416).withHeader("Content-Range", "bytes */" + artifact.bytes());
    };
  }

  /** Returns the whole file when {@code If-Range} names another version than the current one. */
  private static ByteRange range(Request request, Artifact artifact) {
    Optional<String> condition = request.header("If-Range");
    boolean same = condition.isEmpty() || condition.get().strip().equals(tag(artifact));
    return ByteRange.of(same ? request.header("Range") : Optional.empty(), artifact.bytes());
  }

  private static String tag(Artifact artifact) {
    return '"' + artifact.sha256() + '"';
  }

  private static boolean matches(String tags, Artifact artifact) {
    return Arrays.stream(tags.split(",", -1))
        .map(tag -> tag.strip().replaceFirst("^W/", ""))
        .anyMatch(tag -> tag.equals("*") || tag.equals(tag(artifact)));
  }

  private ApiResponse part(int status, Artifact artifact, ByteRange.FilePart part) {
    try {
      return sized(
          status, artifact, part.length(), artifacts.open(artifact, part.from(), part.length()));
    } catch (IOException e) {
      log.error(
          "Cannot read artifact {} from the artifact store: {}",
          artifact.location().id(),
          e.toString());
      throw Problem.of(
              ProblemCode.UNAVAILABLE,
              "The artifact store is not available or has lost this artifact. Try again later.")
          .withHeader("Retry-After", "10")
          .asException();
    }
  }

  private static ApiResponse sized(int status, Artifact artifact, long bytes, InputStream content) {
    return new ApiResponse(
        status,
        Map.of(),
        new ApiResponse.ResponseContent.SizedContent(artifact.mediaType(), bytes, content));
  }
}
