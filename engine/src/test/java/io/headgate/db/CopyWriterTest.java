package io.headgate.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CopyWriterTest {

  private static final String COPY =
      "copy copied (id, n, big, yes, said, at) from stdin (format binary)";
  private static final UUID ID = UUID.fromString("0197a000-0000-7000-8000-000000000001");

  private Database database;

  @BeforeEach
  void open() {
    database = TestPostgres.database();
    database.useTransaction(tx ->
        tx.update(
                """
                create table copied (
                  id uuid, n integer unique, big bigint, yes boolean, said text, at timestamptz)
                """)
            .execute());
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static void row(CopyWriter rows, int n, String said) {
    rows.row(6).uuid(ID).integer(n).bigint(null).flag(true).text(said).timestamp(null);
  }

  private List<String> texts() {
    return database.read(
        tx -> tx.query("select said from copied order by n").mapTo(String.class).list());
  }

  @Test
  void every_kind_of_value_arrives_as_it_was() {
    Instant before2000 = Instant.parse("1999-12-31T23:59:59.999999Z");
    database.useTransaction(tx ->
        tx.copy(
            COPY,
            rows ->
                rows.row(6)
                    .uuid(ID)
                    .integer(-7)
                    .bigint(Long.MIN_VALUE)
                    .flag(false)
                    .text("ü \uD83D\uDE00\n\\N")
                    .timestamp(before2000)));

    Map<String, Object> row =
        database.read(tx ->
            tx.query(
                    "select id, n, big, yes, said, at = '1999-12-31T23:59:59.999999Z' as at"
                        + " from copied")
                .mapToMap()
                .one());

    assertThat(row)
        .isEqualTo(
            Map.of(
                "id",
                ID,
                "n",
                -7,
                "big",
                Long.MIN_VALUE,
                "yes",
                false,
                "said",
                "ü \uD83D\uDE00\n\\N",
                "at",
                true));
  }

  @Test
  void values_longer_than_the_buffer_and_rows_beyond_count_arrive_whole_and_in_order() {
    List<String> texts =
        IntStream.range(0, 400).mapToObj(n -> "x".repeat(n * 977 % 300_000)).toList();
    database.useTransaction(tx ->
        tx.copy(
            COPY,
            rows -> {
              for (int n = 0; n < texts.size(); n++) {
                row(rows, n, texts.get(n));
              }
            }));
    assertThat(texts()).isEqualTo(texts);
  }

  @Test
  void a_refused_row_stores_nothing_and_the_connection_is_usable() {
    assertThatThrownBy(() ->
            database.useTransaction(tx ->
                tx.copy(
                    COPY,
                    rows -> {
                      row(rows, 1, "one");
                      row(rows, 1, "the same");
                    })))
        .hasMessageContaining("duplicate key");
    assertThat(texts()).isEmpty();
  }

  @Test
  void a_copy_that_is_broken_off_stores_nothing_and_the_connection_is_usable() {
    assertThatThrownBy(() ->
            database.useTransaction(tx ->
                tx.copy(
                    COPY,
                    rows -> {
                      row(rows, 1, "one");
                      throw new IllegalStateException("on purpose");
                    })))
        .hasMessage("on purpose");
    assertThat(texts()).isEmpty();
  }
}
