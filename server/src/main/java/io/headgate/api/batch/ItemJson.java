package io.headgate.api.batch;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.headgate.batch.ItemState;
import io.headgate.view.ItemError;
import io.headgate.view.ItemView;
import io.headgate.view.LiveProgress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An item as JSON of the native API. Input and output are copied without parsing them. */
record ItemJson(
    int ordinal,
    @Nullable String ref,
    ItemState state,
    @JsonRawValue String input,
    @JsonRawValue @Nullable String output,
    @Nullable ItemError error,
    List<ItemView.AttemptView> attempts,
    LiveProgress.@Nullable ProgressReport progress,
    long credits,
    List<ArtifactJson> artifacts,
    @Nullable Integer parent,
    List<Integer> children,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  static ItemJson of(ItemView item, ArtifactJson.ArtifactUrls links) {
    return new ItemJson(
        item.ordinal(),
        item.ref(),
        item.state(),
        item.data().input(),
        item.data().output(),
        item.error(),
        item.run().attempts(),
        item.run().progress(),
        item.run().credits(),
        links.of(item.ordinal(), item.artifacts()),
        item.relatedItems().parent(),
        item.relatedItems().children(),
        item.run().startedAt(),
        item.run().finishedAt());
  }
}
