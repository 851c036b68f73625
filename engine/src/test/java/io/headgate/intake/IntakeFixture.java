package io.headgate.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.Caller;
import io.headgate.batch.Limits;
import io.headgate.db.Database;
import io.headgate.db.Partitions;
import io.headgate.db.TestPostgres;
import io.headgate.engine.AdmissionResult;
import io.headgate.engine.NewBatch;
import io.headgate.engine.NewBatch.BatchOrder;
import io.headgate.processor.PageProcessor;
import io.headgate.processor.Processors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.node.JsonNodeFactory;

/** An intake on a real database, with helpers to submit and to read what was stored. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class IntakeFixture {

  static final Caller CALLER = new Caller(UUID.randomUUID(), "default", "admin");
  static final Intake.BeforeCommit NO_ACTION = (tx, done) -> {};
  static final BatchOrder ORDER =
      new BatchOrder(
          "page",
          null,
          JsonNodeFactory.instance.objectNode(),
          JsonNodeFactory.instance.objectNode(),
          Limits.DEFAULT,
          0,
          null,
          null,
          BatchOrder.DEFAULT_RETAIN_SECONDS);

  final Database database = TestPostgres.database();

  AdmissionResult admission = new AdmissionResult.Admitted();
  @Nullable NewBatch admitted;
  final Intake intake =
      new Intake(
          database,
          (tx, batch) -> {
            admitted = batch;
            return admission;
          },
          new Processors(List.of(new PageProcessor())),
          new Partitions(database, Partitions.DEFAULT_INTERVAL),
          100_000);

  @AfterAll
  void close() {
    database.close();
  }

  @BeforeEach
  void reset() {
    admission = new AdmissionResult.Admitted();
    admitted = null;
    database.useTransaction(tx -> tx.update("truncate item, item_relation").execute());
  }

  SubmitResult submit(String ndjson) throws IOException {
    return submit(ndjson, InvalidLinePolicy.REFUSE);
  }

  SubmitResult submit(String ndjson, InvalidLinePolicy policy) throws IOException {
    return intake.submit(CALLER, ORDER, ItemSource.ndjson(stream(ndjson)), policy, NO_ACTION);
  }

  static SubmitResult.Submitted submitted(SubmitResult result) {
    assertThat(result).isInstanceOf(SubmitResult.Submitted.class);
    return (SubmitResult.Submitted) result;
  }

  static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  static String lines(int count, IntFunction<String> line) {
    return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n"));
  }

  static String item(String ref) {
    return "{\"ref\":\"" + ref + "\",\"input\":\"x\"}";
  }

  List<String> rows() {
    return strings(
        "select concat_ws(' ', ordinal, coalesce(ref, 'null'), input) from item order by ordinal");
  }

  List<String> relations() {
    return strings("select concat_ws(' ', ordinal, parent) from item_relation order by ordinal");
  }

  List<String> strings(String sql) {
    return database.read(tx -> tx.query(sql).mapTo(String.class).list());
  }

  int count(String from) {
    return database.read(tx -> tx.query("select count(*) from " + from).mapTo(Integer.class).one());
  }
}
