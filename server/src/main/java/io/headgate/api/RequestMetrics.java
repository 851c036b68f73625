package io.headgate.api;

import io.headgate.http.ResponseListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and times requests by route, method and status, and logs each of them at debug level. */
public record RequestMetrics(MeterRegistry metrics) implements ResponseListener {

  private static final Logger log = LoggerFactory.getLogger(RequestMetrics.class);

  @Override
  public void onResponse(String path, String method, int status, long nanos) {
    Tags tags = Tags.of("route", path, "method", method, "status", Integer.toString(status));
    metrics.timer("headgate.http.requests", tags).record(nanos, TimeUnit.NANOSECONDS);
    log.debug("{} {} {} in {} ms", method, path, status, nanos / 1_000_000);
  }
}
