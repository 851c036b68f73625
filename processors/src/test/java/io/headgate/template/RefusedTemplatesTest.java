package io.headgate.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.Violation;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Templates that are not stored. */
class RefusedTemplatesTest extends StoredTemplatesCase {

  @Test
  void everything_that_is_wrong_is_reported_with_its_field_and_nothing_is_stored() {
    UUID account = account();
    SaveResult saved =
        create(
            account,
            new TemplateDraft(new TemplateLabels("", "\n", null, List.of("")), wrongEverywhere()));
    assertThat(saved).isInstanceOf(SaveResult.Invalid.class);
    assertThat(((SaveResult.Invalid) saved).violations())
        .extracting(Violation::field)
        .containsExactlyInAnyOrder(
            "name",
            "type",
            "tags",
            "width",
            "height",
            "variable_definitions.0.default_value",
            "variable_definitions.1.name",
            "variable_definitions.2.name",
            "variable_definitions.2.validation",
            "layouts",
            "layouts",
            "layouts.default",
            "layouts.ok.name",
            "layouts.ok.width",
            "layouts.ok.height",
            "html",
            "layouts.Big.html",
            "layouts.default.html",
            "layouts.ok.html");
    assertThat(templates.list(account, LAST, 10)).isEmpty();
  }

  private static TemplateContent wrongEverywhere() {
    TemplateLayout bad = new TemplateLayout(" ", 0, 5000, "{{#if}}");
    return new TemplateContent(
        TemplateLanguage.HTML,
        OutputFormat.PDF,
        0,
        4001,
        "{{bad(}}",
        Map.of("Big", bad, "default", bad, "ok", bad),
        List.of(
            declared("a", VariableType.NUMBER, "'x'"),
            declared("a", VariableType.NUMBER, "1"),
            new Variable(
                "",
                VariableType.TEXT,
                null,
                null,
                new Variable.Validation(false, 5, 2),
                false,
                true)));
  }

  @Test
  void an_account_has_only_so_many_templates() {
    UUID account = account();
    UUID first = created(account, "1").head().id();
    created(account, "2");
    created(account, "3");
    assertThat(create(account, new TemplateDraft(LABELS, content("4"))))
        .isEqualTo(new SaveResult.TooMany(3));
    templates.delete(account, first);
    created(account, "4");
  }
}
