package io.headgate.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ItemSourceTest {

  @Test
  void a_line_is_an_item_or_only_its_input() throws IOException {
    assertThat(
            ndjson(
                """
                {"ref":"a","input":{"url":"u"},"parent":"p"}
                "http://x/"
                {"url":"u","ref":"part of the input"}
                {"input":"text","ref":null}
                """))
        .containsExactly(
            "1 a p input={\"url\":\"u\"}",
            "2 null null =\"http://x/\"",
            "3 null null ={\"url\":\"u\",\"ref\":\"part of the input\"}",
            "4 null null input=\"text\"");
  }

  @Test
  void the_input_is_stored_as_the_client_wrote_it() throws IOException {
    assertThat(ndjson("{ \"input\" : {\"n\": 1.10e2,\"s\":\"\\u00e9ü\"} , \"ref\":\"r\" }"))
        .containsExactly("1 r null input={\"n\": 1.10e2,\"s\":\"\\u00e9ü\"}");
  }

  @Test
  void blank_lines_byte_order_mark_and_carriage_returns_are_ignored() throws IOException {
    assertThat(ndjson("\ufeff\"a\"\r\n\r\n  \n\t\"b\" \n\n\"c\""))
        .containsExactly("1 null null =\"a\"", "4 null null =\"b\"", "6 null null =\"c\"");
  }

  @Test
  void an_invalid_line_is_reported_with_number_and_field() throws IOException {
    assertThat(
            ndjson(
                """
                {"input":{"url":"u"},"color":"red"}
                {"input":7}
                [1]
                http://plain/
                {"ref":7,"input":"x"}
                {"ref":"","input":"x"}
                {"ref":"a","ref":"b","input":"x"}
                {"input":"x"} {"input":"y"}
                {"input":"x"
                {"parent":[],"input":"x"}
                {"ref":"\\u0000","input":"x"}
                {"ref":"\\ud800","input":"x"}
                """))
        .containsExactly(
            "1 color: is not a known field; known are: input, parent, ref",
            "2 input: must be an object or a string",
            "3 : must be a JSON object or a JSON string",
            "4 : must be a JSON object or a JSON string",
            "5 ref: must be a string",
            "6 ref: must have 1 to 255 characters",
            "7 ref: is given twice",
            "8 : has text after the end of its JSON value",
            "9 : is not JSON: Unexpected end-of-input: expected close marker for Object (column"
                + " 13)",
            "10 parent: must be a string",
            "11 ref: must not contain NUL or an unpaired surrogate",
            "12 ref: must not contain NUL or an unpaired surrogate");
  }

  @Test
  void bytes_that_are_not_storable_text_are_invalid() throws IOException {
    byte[] latin = "\"caf\u00e9\"\n\"a\0b\"\n\"ok\"".getBytes(ISO_8859_1);
    byte[] halfPair = {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'};
    assertThat(read(ItemSource.ndjson(new ByteArrayInputStream(latin))))
        .containsExactly(
            "1 : must be UTF-8 without NUL characters",
            "2 : must be UTF-8 without NUL characters",
            "3 null null =\"ok\"");
    assertThat(read(ItemSource.ndjson(new ByteArrayInputStream(halfPair))))
        .containsExactly("1 : must be UTF-8 without NUL characters");
  }

  @Test
  void nesting_is_limited_to_64_and_a_line_to_a_megabyte() throws IOException {
    String longest = "\"" + "x".repeat(ItemSource.MAX_LINE_BYTES - 2) + "\"";
    List<String> lines =
        ndjson(
            "{\"a\":"
                + "[".repeat(64)
                + "]".repeat(64)
                + "}\n"
                + "{\"a\":"
                + "[".repeat(63)
                + "]".repeat(63)
                + "}\n"
                + longest
                + "\n\""
                + "x".repeat(3 * ItemSource.MAX_LINE_BYTES)
                + "\"\n\"after\"\n"
                + longest
                + " x");
    assertThat(lines).hasSize(6);
    assertThat(lines.get(0)).startsWith("1 : nests deeper than 64 levels");
    assertThat(lines.get(1)).startsWith("2 null null =");
    assertThat(lines.get(2)).isEqualTo("3 null null =" + longest);
    assertThat(lines.get(3)).isEqualTo("4 : is longer than 1048576 bytes");
    assertThat(lines.get(4)).isEqualTo("5 null null =\"after\"");
    assertThat(lines.get(5)).isEqualTo("6 : is longer than 1048576 bytes");
  }

  @Test
  void lines_are_read_whatever_the_chunks_of_the_stream() throws IOException {
    StringBuilder text = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int i = 1; i <= 5_000; i++) {
      text.append("{\"input\":{\"url\":\"http://x/").append(i).append("\"}}\n");
      expected.add(i + " null null input={\"url\":\"http://x/" + i + "\"}");
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    for (int chunkSize : new int[] {1, 7, 1_000, 65_536}) {
      assertThat(read(ItemSource.ndjson(inChunks(bytes, chunkSize)))).isEqualTo(expected);
    }
  }

  @Test
  void a_row_is_an_item_with_strings() throws IOException {
    assertThat(
            csv(
                "\ufeffref,url,note,parent\r\n"
                    + "a,http://x/,\"two\nlines, \"\"quoted\"\"\",\r\n\r\n,u,,a\r\n"))
        .containsExactly(
            "2 a null ={\"url\":\"http://x/\",\"note\":\"two\\nlines, \\\"quoted\\\"\"}",
            "5 null a ={\"url\":\"u\",\"note\":\"\"}");
  }

  @Test
  void a_row_with_more_or_fewer_fields_than_the_header_is_invalid() throws IOException {
    assertThat(csv("url,b\nu\nu,1,2\nu,1\n"))
        .containsExactly(
            "2 : has 1 fields; the header has 2",
            "3 : has 3 fields; the header has 2",
            "4 null null ={\"url\":\"u\",\"b\":\"1\"}");
  }

  @Test
  void broken_csv_ends_the_stream() throws IOException {
    assertThat(csv("a,a\n1,2\n"))
        .containsExactly("broken 1 is a header row with two columns named a");
    assertThat(csv("a,\n1,2\n"))
        .containsExactly("broken 1 is a header row with a column that has no name");
    assertThat(csv("a\n1\n\"x\"y\n").get(1))
        .startsWith("broken 3 is not CSV: Unexpected character");
    assertThat(csv("a\n1\n\"" + "x".repeat(2_000_000)).get(1)).startsWith("broken 3 is not CSV");
    byte[] latin = "a\ncaf\u00e9\n".getBytes(ISO_8859_1);
    assertThat(read(ItemSource.csv(new ByteArrayInputStream(latin))))
        .containsExactly("broken 2 is not UTF-8");
    assertThat(csv("")).isEmpty();
  }

  @Test
  void broken_csv_is_reported_with_the_line_on_which_it_begins() throws IOException {
    byte[] late = ("a\n" + "x\n".repeat(10_000) + "caf\u00e9\n").getBytes(ISO_8859_1);
    assertThat(read(ItemSource.csv(inChunks(late, 1_000))).getLast())
        .isEqualTo("broken 10002 is not UTF-8");
    assertThat(csv("a\n\"x\"y\n").getFirst()).startsWith("broken 2 is not CSV");
    assertThat(csv("a\n\"two\nlines\"\n\"x\"y\n").getLast()).startsWith("broken 4 is not CSV");
  }

  @Test
  void csv_that_ends_inside_quotes_is_broken() throws IOException {
    String open = "is not CSV: a quoted field does not end";
    assertThat(csv("a,b\n1,2\n3,\"4\n5,6\n").getLast()).isEqualTo("broken 3 " + open);
    assertThat(csv("\"a")).containsExactly("broken 1 " + open);
    assertThat(csv("a\n\"\"\"").getLast()).isEqualTo("broken 2 " + open);
    assertThat(csv("a,b\nx\"y,\"\"\n\"q\"\"q\",\"end\""))
        .containsExactly(
            "2 null null ={\"a\":\"x\\\"y\",\"b\":\"\"}",
            "3 null null ={\"a\":\"q\\\"q\",\"b\":\"end\"}");
  }

  private static List<String> ndjson(String text) throws IOException {
    return read(ItemSource.ndjson(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
  }

  private static List<String> csv(String text) throws IOException {
    return read(ItemSource.csv(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
  }

  static List<String> read(ItemSource source) throws IOException {
    List<String> lines = new ArrayList<>();
    source.read(line -> lines.add(describe(line)));
    return lines;
  }

  private static String describe(ItemLine line) {
    return switch (line) {
      case ItemLine.ValidLine item ->
          "%d %s %s %s=%s"
              .formatted(
                  item.number(),
                  item.ref(),
                  item.parent(),
                  item.inputPath(),
                  StandardCharsets.UTF_8.decode(item.json().duplicate()));
      case ItemLine.RejectedLine(InvalidLine why) ->
          why.line() + " " + why.field() + ": " + why.message();
      case ItemLine.BrokenLine(InvalidLine why) -> "broken " + why.line() + " " + why.message();
    };
  }

  private static InputStream inChunks(byte[] bytes, int chunkSize) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public int read(byte[] target, int from, int length) {
        return super.read(target, from, Math.min(length, chunkSize));
      }
    };
  }
}
