package io.headgate.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Single items to cancel, by ordinal, by ref, or both. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ItemsCancelRequest(
    List<Long> ordinals, List<String> refs, @Nullable CancelMode mode) {}
