package io.headgate.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Resolves names with the operating system. The native lookup cannot be interrupted and would block
 * the carrier of a virtual thread, so it runs on separate platform threads and an interrupted
 * caller only stops waiting.
 */
final class SystemResolver implements Resolver, AutoCloseable {

  private static final int MAX_CONCURRENT_LOOKUPS = 32;
  private static final ThreadFactory THREADS =
      Thread.ofPlatform().daemon().name("outbound-dns-", 0).factory();

  private final ThreadPoolExecutor lookups =
      new ThreadPoolExecutor(
          MAX_CONCURRENT_LOOKUPS,
          MAX_CONCURRENT_LOOKUPS,
          30,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          THREADS);

  SystemResolver() {
    lookups.allowCoreThreadTimeOut(true);
  }

  @Override
  public List<InetAddress> resolve(String host) throws UnknownHostException, InterruptedException {
    Future<InetAddress[]> lookup = lookups.submit(() -> InetAddress.getAllByName(host));
    try {
      return List.of(lookup.get());
    } catch (ExecutionException e) {
      throw new UnknownHostException(host);
    } finally {
      lookup.cancel(true);
    }
  }

  @Override
  public void close() {
    lookups.shutdownNow();
  }
}
