package io.headgate.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CompiledTemplatesTest {

  private static final CompiledTemplates.TemplateKey KEY =
      new CompiledTemplates.TemplateKey(new UUID(0, 1), 1, TemplateLayout.DEFAULT);

  private final CompiledTemplates compiled = new CompiledTemplates();

  @Test
  void a_template_is_compiled_once() {
    CompiledTemplate first = compiled.get(KEY, "<p>{{name}}</p>", Set.of());

    assertThat(compiled.get(KEY, "<p>{{name}}</p>", Set.of())).isSameAs(first);
  }

  @Test
  void what_is_kept_stays_below_the_limit() {
    String html = "x".repeat(400_000) + "{{a}}";
    for (int version = 1; version < 40; version++) {
      CompiledTemplates.TemplateKey key =
          new CompiledTemplates.TemplateKey(new UUID(0, 1), version, "default");
      assertThat(compiled.get(key, html, Set.of())).isNotNull();
      assertThat(compiled.weight()).isBetween(400_000L, CompiledTemplates.MAX_WEIGHT);
    }
  }

  @Test
  void a_failure_is_not_kept() {
    assertThatThrownBy(() -> compiled.get(KEY, "<p>{{{name}}}</p>", new OutOfMemory()))
        .isInstanceOf(OutOfMemoryError.class);
    assertThatThrownBy(() -> compiled.get(KEY, "<p>{{#if}}", Set.of()))
        .isInstanceOf(MalformedTemplateException.class);

    assertThat(compiled.weight()).isZero();
    assertThat(compiled.get(KEY, "<p>{{{name}}}</p>", Set.of())).isNotNull();
  }

  /** Names of variables that take more memory to read than there is. */
  private static final class OutOfMemory extends AbstractSet<String> {

    @Override
    public boolean contains(Object name) {
      throw new OutOfMemoryError("none left");
    }

    @Override
    public Iterator<String> iterator() {
      throw new OutOfMemoryError("none left");
    }

    @Override
    public int size() {
      return 1;
    }
  }
}
