package io.headgate.dialect.spidra;

import io.headgate.dialect.VendorJson;
import io.headgate.view.BatchView;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link Wish} that is stored with its batch, because later responses need it.
 * Cookies are not in it.
 *
 * @param output the form of the results
 * @param urls of a single scrape, for the search in its log; null for a batch
 */
record Asked(
    Wish.Form output,
    @Nullable String prompt,
    boolean schema,
    boolean screenshot,
    boolean useProxy,
    @Nullable String proxyCountry,
    @Nullable List<String> urls) {

  static Asked of(Wish wish, Wish.Form form, @Nullable List<String> urls) {
    return new Asked(
        form,
        wish.prompt(),
        wish.schemaGiven().isPresent(),
        wish.wantsScreenshot(),
        Boolean.TRUE.equals(wish.useProxy()),
        wish.proxyCountry(),
        urls);
  }

  static Asked in(BatchView batch) {
    return VendorJson.as(Objects.requireNonNull(batch.order().origin()).asked(), Asked.class);
  }
}
