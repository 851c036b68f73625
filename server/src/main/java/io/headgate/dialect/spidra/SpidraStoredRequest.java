package io.headgate.dialect.spidra;

import io.headgate.dialect.VendorJson;
import io.headgate.view.BatchView;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The part of a {@link ScrapeRequest} that is stored with its batch, because later responses need
 * it. Cookies are not in it.
 *
 * @param output the form of the results
 * @param urls of a single scrape, for the search in its log; null for a batch
 */
record SpidraStoredRequest(
    ScrapeRequest.ResultForm output,
    @Nullable String prompt,
    boolean schema,
    boolean screenshot,
    boolean useProxy,
    @Nullable String proxyCountry,
    @Nullable List<String> urls) {

  static SpidraStoredRequest of(
      ScrapeRequest options, ScrapeRequest.ResultForm form, @Nullable List<String> urls) {
    return new SpidraStoredRequest(
        form,
        options.prompt(),
        options.givenSchema().isPresent(),
        options.hasScreenshot(),
        Boolean.TRUE.equals(options.useProxy()),
        options.proxyCountry(),
        urls);
  }

  static SpidraStoredRequest readFrom(BatchView batch) {
    return VendorJson.convert(
        Objects.requireNonNull(batch.order().origin()).request(), SpidraStoredRequest.class);
  }
}
