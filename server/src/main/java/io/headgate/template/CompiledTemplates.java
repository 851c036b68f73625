package io.headgate.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Compiled templates that were used lately. Each is compiled once, however many ask at once. */
final class CompiledTemplates {

  /** What all that is kept may weigh: in memory some ten times as many bytes. */
  static final long MOST_WEIGHT = 8_000_000;

  /** What a mustache weighs beside its characters. */
  private static final int MUSTACHE = 150;

  record Key(UUID template, int version, String layout) {}

  private record Kept(FutureTask<Compiled> task, int weight) {}

  private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long weight;

  Compiled get(Key key, String html, Set<String> raw) throws InterruptedException {
    FutureTask<Compiled> task = task(key, html, raw);
    task.run(); // at most once, by whoever comes first; the others wait for it
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof Malformed)) {
        forget(key, task); // not the template's fault: another time it may do
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private synchronized FutureTask<Compiled> task(Key key, String html, Set<String> raw) {
    Kept found = kept.get(key);
    if (found != null) {
      return found.task();
    }
    Kept made = new Kept(new FutureTask<>(() -> Compiler.compile(html, raw)), weight(html));
    kept.put(key, made);
    weight += made.weight();
    var oldest = kept.entrySet().iterator();
    while (weight > MOST_WEIGHT && kept.size() > 1) {
      weight -= oldest.next().getValue().weight();
      oldest.remove();
    }
    return made.task();
  }

  private synchronized void forget(Key key, FutureTask<Compiled> task) {
    Kept failed = kept.get(key);
    if (failed != null && failed.task().equals(task)) {
      kept.remove(key);
      weight -= failed.weight();
    }
  }

  private static int weight(String html) {
    int mustaches = 0;
    for (int at = html.indexOf("{{"); at >= 0; at = html.indexOf("{{", at + 2)) {
      mustaches++;
    }
    return html.length() + MUSTACHE * mustaches;
  }

  synchronized long weight() {
    return weight;
  }
}
