package io.headgate.dialect.pictify;

import io.headgate.artifact.Artifact;
import io.headgate.artifact.ArtifactLinks;
import io.headgate.artifact.Artifacts;
import io.headgate.http.InputError;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.ProblemException;
import io.headgate.http.Request;
import io.headgate.outbound.Outbound;
import io.headgate.outbound.OutboundError;
import io.headgate.outbound.OutboundLimits;
import io.headgate.outbound.OutboundRequest;
import io.headgate.outbound.OutboundResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The CSV files of batches: uploaded files, which are stored for a day, and files at other
 * addresses, which are fetched.
 */
record CsvFileStore(
    Artifacts artifacts, ArtifactLinks links, Outbound outbound, InstantSource clock) {

  static final int MAX_BYTES = 10_000_000;

  private static final String FIELD = "csvUrl";
  private static final String NAME = "variables.csv";
  private static final Duration RETENTION = Duration.ofDays(1);
  private static final Pattern ARTIFACT_PATH = Pattern.compile("/artifacts/([^/?#]+)/([^/?#]+)$");

  /** Shorter than the timeouts of the vendor's clients. */
  private static final OutboundLimits LIMITS =
      new OutboundLimits(Duration.ofSeconds(30), Duration.ofSeconds(15), MAX_BYTES, 5);

  /** Stores a file and returns the address that {@link #read} reads it from. */
  String store(Request request, byte[] csv) {
    try {
      Path file = Files.createTempFile("headgate-csv-", ".tmp");
      try {
        Files.write(file, csv);
        ArtifactLinks.ArtifactRef target =
            artifacts.putTemporary(NAME, "text/csv; charset=utf-8", file, RETENTION);
        return links.url(target, request.baseUrl(), clock.instant().plus(RETENTION));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw storeUnavailable();
    }
  }

  /**
   * Returns the file at an address. A file at an address that this server signed is read from the
   * store without a request; others are fetched under the rules for all outbound requests.
   *
   * @throws ProblemException if the address is invalid, the fetch fails or the file is too large
   */
  byte[] read(String url) {
    Optional<Artifact> artifact = ownArtifact(url);
    return artifact.isPresent() ? readStored(artifact.get()) : fetch(url);
  }

  private Optional<Artifact> ownArtifact(String url) {
    Matcher path = ARTIFACT_PATH.matcher(url);
    return path.find()
        ? links.verify(path.group(1), path.group(2)).flatMap(artifacts::find)
        : Optional.empty();
  }

  private byte[] readStored(Artifact artifact) {
    if (artifact.bytes() > MAX_BYTES) {
      throw invalid(tooLarge());
    }
    try (InputStream in = artifacts.open(artifact, 0, artifact.bytes())) {
      return in.readNBytes((int) artifact.bytes());
    } catch (IOException e) {
      throw storeUnavailable();
    }
  }

  private byte[] fetch(String url) {
    return switch (send(url)) {
      case OutboundResult.Response response when response.status() / 100 == 2 -> response.body();
      case OutboundResult.Response response ->
          throw PictifyErrors.fetchFailed(
              FIELD, "returned status " + response.status() + " instead of a CSV file");
      case OutboundResult.OutboundFailure failed -> throw fetchError(failed);
    };
  }

  private OutboundResult send(String url) {
    try {
      return outbound.send(OutboundRequest.get(url, Map.of("Accept", "text/csv, */*")), LIMITS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.of(ProblemCode.UNAVAILABLE, "The server is stopping; send the request again.")
          .withHeader("Retry-After", "1")
          .asException();
    }
  }

  private static ProblemException fetchError(OutboundResult.OutboundFailure failed) {
    if (failed.error() == OutboundError.TOO_LARGE) {
      return invalid(tooLarge());
    }
    boolean ofUrl =
        failed.error() == OutboundError.INVALID_URL
            || failed.error() == OutboundError.TARGET_REFUSED;
    return ofUrl
        ? invalid("cannot be fetched: " + failed.message())
        : PictifyErrors.fetchFailed(FIELD, "could not be fetched: " + failed.message());
  }

  private static String tooLarge() {
    return "must be a file of at most " + MAX_BYTES + " bytes";
  }

  private static ProblemException invalid(String message) {
    return Problem.invalid(InputError.field(FIELD, message)).asException();
  }

  private static ProblemException storeUnavailable() {
    return Problem.of(
            ProblemCode.UNAVAILABLE, "The file store is not available; send the request again.")
        .withHeader("Retry-After", "10")
        .asException();
  }
}
