package io.headgate.dialect.spidra;

import io.headgate.dialect.VendorJson;
import io.headgate.view.BatchView;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a wish, for the answers that come later. Cookies are not.
 *
 * @param output the form of the results
 * @param urls of a single scrape, whose log is searched for them; null of a batch
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
