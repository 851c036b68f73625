package io.headgate.template;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Compiled templates that were used lately. Each is compiled once, however many ask at once. */
final class CompiledTemplates {

  /** Characters of HTML that are kept compiled; in memory that is several times as much. */
  static final long MOST_CHARACTERS = 8_000_000;

  record Key(UUID template, int version, String layout) {}

  private record Kept(FutureTask<Compiled> task, int characters) {}

  private final Map<Key, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long characters;

  Compiled get(Key key, String html, Set<String> raw) throws InterruptedException {
    FutureTask<Compiled> task = task(key, html, raw);
    task.run(); // at most once, by whoever comes first; the others wait for it
    try {
      return task.get();
    } catch (ExecutionException e) {
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
    Kept made = new Kept(new FutureTask<>(() -> Compiler.compile(html, raw)), html.length());
    kept.put(key, made);
    characters += made.characters();
    var oldest = kept.entrySet().iterator();
    while (characters > MOST_CHARACTERS && kept.size() > 1) {
      characters -= oldest.next().getValue().characters();
      oldest.remove();
    }
    return made.task();
  }

  synchronized long characters() {
    return characters;
  }
}
