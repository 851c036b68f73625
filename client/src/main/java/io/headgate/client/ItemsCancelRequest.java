package io.headgate.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Single items to cancel, by ordinal, by ref, or both. */
public record ItemsCancelRequest(
    List<Long> ordinals, List<String> refs, @Nullable CancelMode mode) {}
