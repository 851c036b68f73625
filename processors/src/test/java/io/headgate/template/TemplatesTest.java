package io.headgate.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.Ids;
import io.headgate.db.ClusterClock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Templates as they are stored. */
class TemplatesTest extends StoredTemplatesCase {

  private static final String BATCH_PINNED_TO_VERSION =
      """
      insert into batch (id, account_id, processor, options, metadata, state, total, created_at,
        retain_until, timeout_ms, max_attempts, backoff_ms, max_backoff_ms, priority, related,
        credits_per_item, journal_reserved)
      values (:id, :account, 'render', :options, '{}', 'pending', 1, now(), now(), 1000, 1, 1, 1, 0,
        false, 0, 0)
      """;

  @Test
  void a_template_is_found_by_its_id_and_by_its_short_name() {
    UUID account = account();
    Template made = created(account, "<p>{{name}}</p>");
    assertThat(made.head().uid()).matches("[0-9A-Z]{10}");
    assertThat(templates.find(account, made.head().uid())).contains(made);
    assertThat(templates.find(account, made.head().id().toString())).contains(made);
    assertThat(made.head().labels()).isEqualTo(LABELS);
    assertThat(made.version().html()).isEqualTo("<p>{{name}}</p>");
    for (String unknown : List.of("", "x", "ABCDEFGHIJ", "abcdefghij", Ids.next().toString())) {
      assertThat(templates.find(account, unknown)).as(unknown).isEmpty();
    }
  }

  @Test
  void what_another_account_has_does_not_exist() {
    UUID owner = account();
    UUID other = account();
    Template made = created(owner, "{{x}}");
    UUID id = made.head().id();
    assertThat(templates.find(other, id.toString())).isEmpty();
    assertThat(templates.find(other, made.head().uid())).isEmpty();
    assertThat(templates.version(other, id, 1)).isEmpty();
    assertThat(templates.versions(other, id, Integer.MAX_VALUE, 10)).isEmpty();
    assertThat(templates.list(other, LAST, 10)).isEmpty();
    assertThat(templates.page(other, asked(Templates.TemplateOrder.NEWEST, 0)).total()).isZero();
    assertThat(update(other, id, html("y"))).isInstanceOf(SaveResult.NoSuchTemplate.class);
    assertThat(templates.delete(other, id)).isFalse();
    assertThat(templates.find(owner, id.toString())).contains(made);
  }

  private static Templates.TemplatePageRequest asked(Templates.TemplateOrder sort, long skip) {
    return new Templates.TemplatePageRequest(sort, Optional.empty(), 2, skip);
  }

  @Test
  void a_change_is_a_new_version_and_the_old_one_stays() {
    UUID account = account();
    TemplateVersion first = created(account, "one {{a}}").version();
    UUID id = first.template();
    Template changed = done(update(account, id, html("two {{b}}")));
    assertThat(changed.head().version()).isEqualTo(2);
    assertThat(changed.head().updatedAt()).isAfter(changed.head().createdAt());
    assertThat(templates.version(account, id, 1)).contains(first);
    assertThat(templates.version(account, id, 2)).contains(changed.version());
    assertThat(templates.version(account, id, 3)).isEmpty();
    assertThat(templates.versions(account, id, Integer.MAX_VALUE, 10))
        .extracting(Templates.VersionHead::version)
        .containsExactly(2, 1);
    assertThat(templates.delete(account, id)).isTrue();
    assertThat(templates.delete(account, id)).isFalse();
    assertThat(templates.find(account, id.toString())).isEmpty();
    assertThat(templates.list(account, LAST, 10)).isEmpty();
    assertThat(update(account, id, html("x"))).isInstanceOf(SaveResult.NoSuchTemplate.class);
    assertThat(templates.version(account, id, 1)).contains(first);
  }

  @Test
  void old_versions_are_deleted_except_the_newest_and_those_that_batches_use() {
    UUID account = account();
    UUID id = created(account, "0").head().id();
    int newest = Templates.MAX_VERSIONS_KEPT + 4;
    for (int version = 2; version <= newest; version++) {
      done(update(account, id, html("" + version)));
    }
    pin(account, id, 2);
    assertThat(templates.deleteUnusedVersions()).as("a submit may have found them").isZero();

    ClusterClock clock = ClusterClock.of(database);
    Templates later =
        new Templates(
            database, () -> clock.instant().plus(Templates.MAX_SUBMIT_TIME.plusMinutes(1)), 3);
    assertThat(later.deleteUnusedVersions()).isEqualTo(3);
    assertThat(templates.version(account, id, 1)).isEmpty();
    assertThat(templates.version(account, id, 2)).isPresent();
    assertThat(templates.version(account, id, 4)).isEmpty();
    assertThat(templates.version(account, id, 5)).isPresent();

    templates.delete(account, id);
    assertThat(later.deleteUnusedVersions()).isEqualTo(Templates.MAX_VERSIONS_KEPT);
    assertThat(templates.version(account, id, 2)).isPresent();
  }

  private void pin(UUID account, UUID template, int version) {
    String options =
        json("{'template': {'id': '%s', 'version': %d}}".formatted(template, version)).toString();
    database.useTransaction(tx ->
        tx.update(BATCH_PINNED_TO_VERSION)
            .bind("id", Ids.next())
            .bind("account", account)
            .bind("options", options)
            .execute());
  }

  @Test
  void of_two_changes_at_once_the_second_sees_the_first() {
    UUID account = account();
    UUID id = created(account, "one").head().id();
    AtomicInteger calls = new AtomicInteger();
    Template changed =
        done(
            update(
                account,
                id,
                draft -> {
                  if (calls.incrementAndGet() == 1) {
                    update(account, id, html("two"));
                  }
                  return html(draft.content().html() + " three").apply(draft);
                }));
    assertThat(changed.version().html()).isEqualTo("two three");
    assertThat(changed.head().version()).isEqualTo(3);
    assertThat(calls).hasValue(2);
  }

  @Test
  void another_name_is_no_new_version_and_neither_is_the_same_again() {
    UUID account = account();
    Template made = created(account, "{{a}}", declared("a", VariableType.NUMBER, "1"));
    TemplateLabels other = new TemplateLabels("Other", null, null, List.of());
    Template renamed =
        done(update(account, made.head().id(), draft -> new TemplateDraft(other, draft.content())));
    assertThat(renamed.head().labels()).isEqualTo(other);
    assertThat(renamed.version()).isEqualTo(made.version());
  }

  @Test
  void a_template_with_everything_is_read_as_it_was_written() {
    UUID account = account();
    Map<String, TemplateLayout> layouts =
        Map.of("story-1", new TemplateLayout("Story", 1, 4000, "<b>{{c}}</b>"));
    TemplateContent content =
        new TemplateContent(
            TemplateLanguage.HTML,
            OutputFormat.IMAGE,
            4000,
            1,
            "<p style=\"color: {{b}}\">{{a}}</p>",
            layouts,
            List.of(declared("a", VariableType.ARRAY, "[1]")));
    TemplateVersion version = done(create(account, new TemplateDraft(LABELS, content))).version();
    assertThat(TemplateContent.of(version)).isEqualTo(content);
    assertThat(version.variables())
        .containsExactly(
            Variable.inferred("b", VariableType.COLOR, null),
            declared("a", VariableType.ARRAY, "[1]"),
            Variable.inferred("c", VariableType.TEXT, null));
  }

  @Test
  void lists_come_newest_first_and_pages_by_number_in_any_order() {
    UUID account = account();
    List<String> names = List.of("b", "C", "a");
    List<UUID> ids =
        names.stream()
            .map(name ->
                done(create(
                        account,
                        new TemplateDraft(
                            new TemplateLabels(name, null, null, List.of()), content("x"))))
                    .head()
                    .id())
            .toList();
    assertThat(templates.list(account, LAST, 2))
        .extracting(TemplateHead::id)
        .containsExactly(ids.get(2), ids.get(1));
    assertThat(templates.list(account, ids.get(1), 2))
        .extracting(TemplateHead::id)
        .containsExactly(ids.get(0));
    assertThat(names(account, Templates.TemplateOrder.NEWEST)).containsExactly("a", "C", "b");
    assertThat(names(account, Templates.TemplateOrder.OLDEST)).containsExactly("b", "C", "a");
    assertThat(names(account, Templates.TemplateOrder.NAME)).containsExactly("a", "b", "C");
    assertThat(
            templates.page(
                account,
                new Templates.TemplatePageRequest(
                    Templates.TemplateOrder.NAME, Optional.of(OutputFormat.PDF), 10, 0)))
        .isEqualTo(new Templates.TemplatePage(List.of(), 0));
  }

  private List<String> names(UUID account, Templates.TemplateOrder sort) {
    Templates.TemplatePage first = templates.page(account, asked(sort, 0));
    Templates.TemplatePage second = templates.page(account, asked(sort, 2));
    assertThat(List.of(first.total(), second.total())).containsOnly(3L);
    return java.util.stream.Stream.of(first, second)
        .flatMap(slice -> slice.templates().stream())
        .map(head -> head.labels().name())
        .toList();
  }
}
