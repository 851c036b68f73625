package io.headgate.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CompiledTemplatesTest {

  private static final CompiledTemplates.Key KEY =
      new CompiledTemplates.Key(new UUID(0, 1), 1, Layout.DEFAULT);

  private final CompiledTemplates compiled = new CompiledTemplates();

  @Test
  void a_failure_that_is_not_the_templates_fault_is_forgotten() throws Exception {
    assertThatThrownBy(() -> compiled.get(KEY, "<p>{{{name}}}</p>", new OutOfMemory()))
        .hasRootCauseInstanceOf(OutOfMemoryError.class);

    assertThat(compiled.weight()).isZero();
    assertThat(compiled.get(KEY, "<p>{{{name}}}</p>", Set.of())).isNotNull();
  }

  @Test
  void what_is_no_template_stays_none() {
    for (int time = 0; time < 2; time++) {
      assertThatThrownBy(() -> compiled.get(KEY, "<p>{{#if}}", Set.of()))
          .isInstanceOf(Malformed.class);
    }
    assertThat(compiled.weight()).isPositive();
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
