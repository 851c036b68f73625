package io.headgate.api.batch;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.headgate.batch.ItemState;
import io.headgate.http.Rfc3339;
import io.headgate.view.ItemError;
import io.headgate.view.ResultLine;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The result of one item, as a line of NDJSON or a row of CSV. */
record ResultJson(
    String position,
    int ordinal,
    @Nullable String ref,
    ItemState state,
    @JsonRawValue @Nullable String output,
    @Nullable ItemError error,
    int attempts,
    long credits,
    @Nullable Instant startedAt,
    Instant finishedAt,
    List<ArtifactJson> artifacts) {

  static final List<String> COLUMNS =
      List.of(
          "position",
          "ordinal",
          "ref",
          "state",
          "output",
          "error_code",
          "error_message",
          "attempts",
          "credits",
          "started_at",
          "finished_at");

  static ResultJson of(ResultLine line, ArtifactJson.ArtifactUrls links) {
    return new ResultJson(
        line.position().toString(),
        line.ordinal(),
        line.ref(),
        line.state(),
        line.output(),
        line.error(),
        line.attemptSummary().attempts(),
        line.credits(),
        line.attemptSummary().startedAt(),
        line.attemptSummary().finishedAt(),
        links.of(line.ordinal(), line.artifacts()));
  }

  /** Returns the values of {@link #COLUMNS}; a missing value is an empty field. */
  List<String> row() {
    return List.of(
        position,
        Integer.toString(ordinal),
        ref == null ? "" : ref,
        state.text(),
        output == null ? "" : output,
        error == null ? "" : error.code(),
        error == null ? "" : error.message(),
        Integer.toString(attempts),
        Long.toString(credits),
        startedAt == null ? "" : Rfc3339.format(startedAt),
        Rfc3339.format(finishedAt));
  }
}
