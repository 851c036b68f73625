package io.headgate.dialect.spidra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SpidraActionsTest {

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private static String translate(String actions) {
    return SpidraActions.translate(json(actions)).toString().replace('"', '\'');
  }

  @Test
  void vendor_fields_are_translated_at_every_depth() {
    assertThat(
            translate(
                "[{'type':'forEach','observe':'li','maxItems':5,'captureSelector':'b',"
                    + "'actions':[{'type':'scroll','to':'50%'}],"
                    + "'pagination':{'nextSelector':'.next','maxPages':2},'surprise':1}]"))
        .isEqualTo(
            "[{'observe':'li','max_items':5,'capture_selector':'b','type':'for_each',"
                + "'actions':[{'to':'50%','type':'scroll'}],"
                + "'pagination':{'next_selector':'.next','max_pages':2}}]");
  }

  @Test
  void a_click_on_a_text_and_a_wait_without_a_time_are_translated() {
    assertThat(translate("[{'type':'click','value':'Accept'},{'type':'wait'}]"))
        .isEqualTo("[{'type':'click','selector':'text=Accept'},{'type':'wait','duration':1000}]");
  }

  @Test
  void an_unknown_action_is_reported_with_its_path() {
    List<String> errors = new ArrayList<>();
    SpidraActions.check(
        "actions",
        json("[{'type':'forEach','actions':[{'type':'fly'},1]},{'type':'wait'}]"),
        errors);
    assertThat(errors)
        .hasSize(2)
        .first()
        .asString()
        .startsWith("actions[0].actions[0].type must be click");
  }
}
