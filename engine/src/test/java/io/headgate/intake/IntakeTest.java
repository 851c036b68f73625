package io.headgate.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.engine.NewBatch;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class IntakeTest extends IntakeFixture {

  @Test
  void all_items_are_stored_in_order_under_one_id() throws IOException {
    SubmitResult.Submitted done =
        submitted(submit("{\"ref\":\"a\",\"input\":{\"url\":\"ü\"}}\n\"b\"\n"));
    assertThat(done.total()).isEqualTo(2);
    assertThat(rows()).containsExactly("0 a {\"url\":\"ü\"}", "1 null \"b\"");
    assertThat(admitted)
        .isEqualTo(new NewBatch(done.id(), CALLER.account(), ORDER, 2, 2, false, null));
  }

  @Test
  void fifty_thousand_lines_keep_their_order() throws IOException {
    String lines = lines(50_000, i -> "{\"ref\":\"r" + i + "\",\"input\":{\"url\":\"" + i + "\"}}");
    assertThat(submitted(submit(lines)).total()).isEqualTo(50_000);
    assertThat(
            count("item where ref = 'r' || ordinal and input = '{\"url\":\"' || ordinal || '\"}'"))
        .isEqualTo(50_000);
    assertThat(count("item")).isEqualTo(50_000);
  }

  @Test
  void the_longest_lines_fit() throws IOException {
    String longest = "\"" + "x".repeat(ItemSource.MAX_LINE_BYTES - 2) + "\"\n";
    assertThat(submitted(submit(longest.repeat(5))).total()).isEqualTo(5);
    assertThat(count("item where length(input) = " + ItemSource.MAX_LINE_BYTES)).isEqualTo(5);
  }

  @Test
  void a_child_names_its_parent_before_or_after_it() throws IOException {
    submit(
        """
        {"input":"c1","parent":"p"}
        {"ref":"p","input":"p"}
        {"input":"c2","parent":"p"}
        "alone"
        """);
    assertThat(relations()).containsExactly("0 1", "2 1");
    assertThat(Objects.requireNonNull(admitted).related()).isTrue();
  }
}
