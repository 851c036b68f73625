package io.headgate.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.engine.AdmissionResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Submits that are refused, in whole or in part. */
class IntakeRefusalTest extends IntakeFixture {

  @Test
  void one_invalid_line_refuses_the_whole_batch() throws IOException {
    String lines = lines(30_000, i -> i == 29_000 ? "{\"input\":{}}" : "\"" + i + "\"");
    assertThat(submit(lines))
        .isEqualTo(
            new SubmitResult.InvalidItems(
                List.of(new InvalidLine(29_001, "input.url", "must be a string"))));
    assertThat(count("item")).isZero();
    assertThat(admitted).isNull();
  }

  @Test
  void the_first_twenty_invalid_lines_are_reported() throws IOException {
    SubmitResult result = submit(lines(40_000, i -> i % 3 == 0 ? "7" : "\"x\""));
    assertThat(((SubmitResult.InvalidItems) result).first())
        .extracting(InvalidLine::line)
        .isEqualTo(IntStream.range(0, 20).mapToObj(i -> i * 3L + 1).toList());
  }

  @Test
  void invalid_lines_are_skipped_on_request() throws IOException {
    SubmitResult.Submitted done =
        submitted(
            submit(lines(30_000, i -> i % 2 == 0 ? "7" : "\"" + i + "\""), InvalidLinePolicy.SKIP));
    assertThat(done.total()).isEqualTo(15_000);
    assertThat(done.rejected().count()).isEqualTo(15_000);
    assertThat(done.rejected().first()).hasSize(1_000);
    assertThat(done.rejected().first().getLast().line()).isEqualTo(1_999);
    assertThat(count("item where input = '\"' || (ordinal * 2 + 1) || '\"'")).isEqualTo(15_000);
  }

  @Test
  void a_batch_of_only_invalid_lines_is_refused_with_either_policy() throws IOException {
    assertThat(submit("7\n8\n", InvalidLinePolicy.SKIP))
        .isInstanceOf(SubmitResult.InvalidItems.class);
    assertThat(submit("7\n8\n")).isInstanceOf(SubmitResult.InvalidItems.class);
  }

  @Test
  void a_batch_without_items_is_refused() throws IOException {
    assertThat(submit("\n\n")).isEqualTo(new SubmitResult.NoItems());
  }

  @Test
  void a_duplicate_ref_is_found_within_and_across_chunks() throws IOException {
    // The first use of r1 was stored by an earlier COPY.
    String lines =
        lines(
            40_000, i -> item(i == 3 ? "r2" : i == 39_999 ? "r17" : i == 20_000 ? "r1" : "r" + i));
    assertThat(submit(lines))
        .isEqualTo(
            new SubmitResult.InvalidItems(
                List.of(
                    new InvalidLine(4, "ref", "is the ref of an earlier item: r2"),
                    new InvalidLine(20_001, "ref", "is the ref of an earlier item: r1"),
                    new InvalidLine(40_000, "ref", "is the ref of an earlier item: r17"))));
    assertThat(count("item")).isZero();

    SubmitResult.Submitted done = submitted(submit(lines, InvalidLinePolicy.SKIP));
    assertThat(done.total()).isEqualTo(39_997);
    assertThat(done.rejected().first())
        .extracting(InvalidLine::line)
        .containsExactly(4L, 20_001L, 40_000L);
    assertThat(count("item where ordinal = 39996 and ref = 'r39998'")).isEqualTo(1);
  }

  @Test
  void a_child_of_a_missing_item_or_of_another_child_is_invalid() throws IOException {
    String lines =
        """
        {"input":"lost","parent":"missing"}
        {"ref":"p","input":"p"}
        {"ref":"c","input":"child","parent":"p"}
        {"input":"grandchild","parent":"c"}
        {"ref":"x","input":"x","parent":"x"}
        {"input":"child","parent":"p"}
        """;
    InvalidLine[] bad = {
      new InvalidLine(1, "parent", "must be the ref of an item of this batch; got missing"),
      new InvalidLine(4, "parent", "must be the ref of an item without a parent; got c"),
      new InvalidLine(5, "parent", "must not be the item's own ref")
    };
    // Relations are checked only when all lines are valid otherwise.
    assertThat(((SubmitResult.InvalidItems) submit(lines)).first()).containsExactly(bad[2]);
    assertThat(((SubmitResult.InvalidItems) submit(lines.replaceAll(".*\"x\".*\n", "\n"))).first())
        .containsExactly(bad[0], bad[1]);
    assertThat(count("item")).isZero();

    SubmitResult.Submitted done = submitted(submit(lines, InvalidLinePolicy.SKIP));
    assertThat(done.rejected().first()).containsExactly(bad);
    assertThat(done.total()).isEqualTo(3);
    assertThat(rows()).containsExactly("0 p \"p\"", "1 c \"child\"", "2 null \"child\"");
    assertThat(relations()).containsExactly("1 0", "2 0");
  }

  @Test
  void more_items_than_the_limit_are_refused() throws IOException {
    assertThat(submit(lines(100_001, i -> "\"x\"")))
        .isEqualTo(new SubmitResult.TooManyItems(100_000));
    assertThat(count("item")).isZero();
  }

  @Test
  void a_refused_admission_stores_nothing() throws IOException {
    admission = new AdmissionResult.InsufficientCredits(4, 3);
    assertThat(submit("\"a\"\n\"b\"\n"))
        .isEqualTo(new SubmitResult.SubmitInsufficientCredits(4, 3));
    admission = new AdmissionResult.TooManyPending(7);
    assertThat(submit(lines(20_000, i -> "\"x\"")))
        .isEqualTo(new SubmitResult.SubmitTooManyPending(7));
    assertThat(count("item")).isZero();
  }

  @Test
  void a_client_that_disconnects_stores_nothing() {
    InputStream breaksOff =
        new SequenceInputStream(
            stream(lines(20_000, i -> "\"x\"")),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("connection reset");
              }

              @Override
              public int read(byte[] into, int from, int length) throws IOException {
                throw new IOException("connection reset");
              }
            });
    assertThatThrownBy(() ->
            intake.submit(
                CALLER, ORDER, ItemSource.ndjson(breaksOff), InvalidLinePolicy.REFUSE, NO_ACTION))
        .isInstanceOf(IOException.class)
        .hasMessage("connection reset");
    assertThat(count("item")).isZero();
  }

  @Test
  void a_database_error_stops_reading() {
    database.useTransaction(
        tx -> tx.update("alter table item add constraint odd check (ordinal < 10000)").execute());
    try {
      assertThatThrownBy(() -> submit(lines(90_000, i -> "\"x\"")))
          .hasMessage("The items could not be stored.");
    } finally {
      database.useTransaction(tx -> tx.update("alter table item drop constraint odd").execute());
    }
    assertThat(count("item")).isZero();
  }

  @Test
  void broken_csv_is_refused_even_when_invalid_lines_are_skipped() throws IOException {
    SubmitResult result =
        intake.submit(
            CALLER,
            ORDER,
            ItemSource.csv(stream("url\na\n\"b\"c\n")),
            InvalidLinePolicy.SKIP,
            NO_ACTION);
    assertThat(((SubmitResult.InvalidItems) result).first())
        .extracting(InvalidLine::line)
        .containsExactly(3L);
    assertThat(count("item")).isZero();
  }
}
