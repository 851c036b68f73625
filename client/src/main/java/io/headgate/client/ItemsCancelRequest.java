package io.headgate.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which single items to cancel, by ordinal, by ref, or both.
 *
 * @param mode what happens to those that are running; null for the server's default
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ItemsCancelRequest(
    List<Long> ordinals, List<String> refs, @Nullable CancelMode mode) {}
