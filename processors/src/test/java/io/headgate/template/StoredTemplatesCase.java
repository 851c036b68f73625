package io.headgate.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.Ids;
import io.headgate.db.ClusterClock;
import io.headgate.db.Database;
import io.headgate.db.TestPostgres;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Stores templates in a real database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoredTemplatesCase extends TemplateCase {

  static final TemplateLabels LABELS =
      new TemplateLabels("Card", "card", "social", List.of("a", "b"));
  static final UUID LAST = new UUID(-1, -1);

  Database database;
  Templates templates;

  @BeforeAll
  void open() {
    database = TestPostgres.database();
    templates = new Templates(database, ClusterClock.of(database), 3);
  }

  @AfterAll
  void close() {
    database.close();
  }

  UUID account() {
    UUID id = Ids.next();
    database.useTransaction(tx ->
        tx.update(
                """
                insert into account (id, name, unlimited, created_at)
                values (:id, :name, true, now())
                """)
            .bind("id", id)
            .bind("name", id.toString())
            .execute());
    return id;
  }

  SaveResult create(UUID account, TemplateDraft draft) {
    return templates.create(account, draft, (tx, stored) -> {});
  }

  Template created(UUID account, String html, Variable... variables) {
    return done(create(account, new TemplateDraft(LABELS, content(html, variables))));
  }

  SaveResult update(UUID account, UUID id, UnaryOperator<TemplateDraft> change) {
    return templates.update(account, id, change);
  }

  static Template done(SaveResult saved) {
    assertThat(saved).isInstanceOf(SaveResult.Done.class);
    return ((SaveResult.Done) saved).template();
  }

  static UnaryOperator<TemplateDraft> html(String html) {
    return draft -> new TemplateDraft(draft.labels(), content(html));
  }

  static Variable declared(String name, VariableType type, String otherwise) {
    return new Variable(
        name, type, json(otherwise), "why", new Variable.Validation(true, 1, 9), true, true);
  }
}
