package io.headgate.dialect;

import io.headgate.outbound.Target;
import io.headgate.outbound.TargetCheck;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;

/** Checks the URLs of a submit request before anything is stored. */
public final class NativeTargets {

  private static final Duration RESOLUTION_TIMEOUT = Duration.ofSeconds(2);

  private final TargetCheck targets;

  public NativeTargets(TargetCheck targets) {
    this.targets = targets;
  }

  /**
   * Returns the hosts of these URLs that this server does not fetch from. A host whose name does
   * not resolve within two seconds is not among them: the fetch checks again.
   */
  public Set<String> refusedHosts(Collection<Target.Url> urls) {
    try {
      return targets.refusedHosts(urls.stream().map(Target.Url::host).toList(), RESOLUTION_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while names were resolved", e);
    }
  }
}
