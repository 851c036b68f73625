package io.headgate.extract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Pages as they occur on the web, and schemas as generators write them. */
class RealPagesTest extends ExtractCase {

  private static String ld(String language, String data) {
    return "<html lang='" + language + "'><script type='application/ld+json'>" + data + "</script>";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!-- {'@type':'Product','name':'X'} -->",
        "//<![CDATA[\n{'@type':'Product','name':'X'}\n//]]>",
        "{'@type':'Product','name':'X','offers':{'price':'1',},}",
        "{'@type':'Product','name':'X','description':'a\n\tb'};",
        "{'@type':'Product','name':'X','description':'it\\\\\\'s'}",
      })
  void data_with_small_syntax_errors_is_read(String data) {
    String html = ld("en", data.replace('\'', '"'));

    assertThat(found(html, "\"name\":{}").path("name").asString("")).isEqualTo("X");
  }

  @Test
  void machine_readable_numbers_have_a_decimal_point_in_any_language() {
    String html =
        ld("de", "{\"@type\":\"Product\",\"aggregateRating\":{\"ratingValue\":\"4.625\"}}")
            + "<meta property='product:price:amount' content='1.299'>"
            + "<p itemscope itemtype='T'><b itemprop='width' content='2.125'>x</b>"
            + "<b itemprop='seats'>1.250</b></p><data value='3.125'>3 m</data>";
    String number = "{\"type\":\"number\"}";

    assertThat(
            found(
                html,
                "\"ratingValue\":%1$s,\"price\":%1$s,\"width\":%1$s,\"seats\":%1$s,\"depth\":{\"type\":\"number\",\"x-selector\":\"data\"},\"aggregateRating\":{\"properties\":{\"ratingValue\":%1$s}}"
                    .formatted(number)))
        .isEqualTo(
            json(
                """
                {"ratingValue":4.625,"price":1.299,"width":2.125,"seats":1250,"depth":3.125,
                 "aggregateRating":{"ratingValue":4.625}}
                """));
  }

  @Test
  void nested_objects_use_the_language_and_base_url_of_their_page() {
    String html =
        ld(
            "de",
            "{\"@type\":\"Event\",\"offers\":{\"url\":\"/buy\",\"price\":\"1.299,50\",\"validFrom\":\"03.04.2025\"}}");

    assertThat(
            found(
                html,
                """
                "offers":{"properties":{"url":{"format":"uri"},"price":{"type":"number"},
                  "validFrom":{"format":"date"}}}
                """))
        .isEqualTo(
            json(
                """
                {"offers":{"url":"https://shop.example/buy","price":1299.5,"validFrom":"2025-04-03"}}
                """));
  }

  @Test
  void references_within_a_graph_are_followed() {
    String html =
        ld(
            "en",
            """
            {"@graph":[{"@type":"Article","headline":"H","author":{"@id":"#ann"},
               "mentions":[{"@id":"#ann"},{"@id":"#gone"}],"publisher":{"@type":"Organization","@id":"#org"}},
             {"@type":"Person","@id":"#ann","name":"Ann","worksFor":{"@id":"#org"}},
             {"@type":"Organization","@id":"#org","name":"Org","founder":{"@id":"#ann"}}]}
            """);

    assertThat(
            found(
                html,
                """
                "headline":{},"author":{},"mentions":{"items":{"type":"string"}},
                "publisher":{"properties":{"name":{},"founder":{"properties":{"name":{}}}}}
                """))
        .isEqualTo(
            json(
                """
                {"headline":"H","author":"Ann","mentions":["Ann","#gone"],
                 "publisher":{"name":"Org","founder":{"name":"Ann"}}}
                """));
  }

  @Test
  void microdata_includes_what_itemref_refers_to() {
    String html =
        """
        <div itemscope itemtype="https://schema.org/Event" itemref="host seats gone"><b itemprop=name>E</b></div>
        <div id=host itemprop=organizer itemscope><b itemprop=name>Club</b></div>
        <div id=seats>There are <b itemprop=seats>80</b></div>
        """;

    assertThat(
            found(
                html,
                "\"name\":{},\"seats\":{\"type\":\"integer\"},\"organizer\":{\"properties\":{\"name\":{}}}"))
        .isEqualTo(json("{\"name\":\"E\",\"seats\":80,\"organizer\":{\"name\":\"Club\"}}"));
  }

  private static final String LIST =
      ld(
          "en",
          """
          {"@type":"ItemList","name":"All","itemListElement":[
            {"@type":"ListItem","position":1,"item":{"@type":"Product","name":"A","offers":{"price":1}}},
            {"@type":"ListItem","position":2,"item":{"@type":"Product","name":"B","offers":{"price":2}}}]}
          </script><script type='application/ld+json'>
          {"@type":"BreadcrumbList","itemListElement":[
            {"@type":"ListItem","position":1,"name":"Home","item":"https://shop.example/"},
            {"@type":"ListItem","position":2,"name":"Kettles","item":"https://shop.example/k"}]}
          """);

  private static final String PRODUCTS =
      "[{\"name\":\"A\",\"price\":1},{\"name\":\"B\",\"price\":2}]";

  private static final String OF_PRODUCTS =
      "{\"type\":\"array\",\"items\":{\"properties\":{\"name\":{},\"price\":{\"type\":\"number\"}}}}";

  @Test
  void the_objects_of_a_list_are_found_by_their_type() {
    assertThat(found(LIST, "\"products\":" + OF_PRODUCTS + ",\"n\":{}").path("products"))
        .isEqualTo(json(PRODUCTS));
  }

  @Test
  void an_array_for_the_whole_page_needs_no_name() {
    assertThat(found(LIST, "\"results\":" + OF_PRODUCTS).path("results")).isEqualTo(json(PRODUCTS));
    assertThat(extracted(new ExtractionSource.HtmlSource(page(LIST)), OF_PRODUCTS))
        .isEqualTo(new ExtractionResult.ValidValue(json(PRODUCTS)));
    assertThat(found(LIST, "\"related\":" + OF_PRODUCTS + ",\"n\":{}").path("related").isNull())
        .isTrue();
  }

  @Test
  void a_list_becomes_an_array_of_its_entries() {
    assertThat(
            found(
                    LIST,
                    """
                    "breadcrumb_list":{"items":{"properties":{"position":{"type":"integer"},"name":{}}}},
                    "crumbs":{"title":"Breadcrumb list","items":{"type":"string"}}
                    """)
                .path("breadcrumb_list"))
        .isEqualTo(
            json("[{\"position\":1,\"name\":\"Home\"},{\"position\":2,\"name\":\"Kettles\"}]"));
  }

  @Test
  void wrapper_objects_of_a_response_are_skipped() {
    JsonNode data =
        json(
            """
            {"status":"ok","data":{"product":{"name":"K","price":2,"url":"/k"},"meta":{"total":7}}}
            """);

    assertThat(
            found(
                new ExtractionSource.JsonSource(data),
                "\"name\":{},\"price\":{\"type\":\"number\"}"))
        .isEqualTo(json("{\"name\":\"K\",\"price\":2}"));
  }

  @Test
  void an_inner_object_may_be_the_prefix_of_meta_tags() {
    String html =
        "<meta property='og:title' content='T'><meta property='article:author' content='Ann'>";

    assertThat(
            found(
                html,
                "\"og\":{\"properties\":{\"title\":{}}},\"article\":{\"properties\":{\"author\":{}}}"))
        .isEqualTo(json("{\"og\":{\"title\":\"T\"},\"article\":{\"author\":\"Ann\"}}"));
  }

  @Test
  void labels_match_without_their_accents() {
    String html =
        "<table><tr><th>Référence<td>AB</tr><tr><th>Kapazität<td>9</tr><tr><th>Größe<td>M</table>";

    assertThat(found(html, "\"reference\":{},\"kapazitaet\":{},\"groesse\":{}"))
        .isEqualTo(
            json(
                """
                {"reference":"AB","kapazitaet":"9","groesse":"M"}
                """));
  }

  @Test
  void a_row_of_several_cells_is_an_array_and_tfoot_is_not_a_row() {
    String html =
        """
        <table><tr><th>Role<td>CEO<td>CTO</table>
        <table><thead><tr><th>Name<th>Price</thead><tbody><tr><td>A<td>1</tbody><tfoot><tr><td>Sum<td>1</tfoot></table>
        """;

    assertThat(found(html, "\"role\":{\"items\":{\"type\":\"string\"}},\"prices\":" + OF_PRODUCTS))
        .isEqualTo(json("{\"role\":[\"CEO\",\"CTO\"],\"prices\":[{\"name\":\"A\",\"price\":1}]}"));
  }

  @Test
  void pairs_of_name_and_value_are_properties() {
    String html =
        ld(
            "en",
            """
            {"@type":"Product","identifier":{"@type":"PropertyValue","name":"SKU","value":"K-7"},
             "additionalProperty":[{"@type":"PropertyValue","name":"Net weight","value":"1.2 kg"}]}
            """);

    assertThat(found(html, "\"identifier\":{},\"net_weight\":{\"type\":\"number\"}"))
        .isEqualTo(json("{\"identifier\":\"K-7\",\"net_weight\":1.2}"));
  }

  @Test
  void a_list_with_commas_and_no_spaces_is_split() {
    assertThat(
            found(
                "<meta name=keywords content='x, y,z'>",
                "\"keywords\":{\"items\":{\"type\":\"string\"}}"))
        .isEqualTo(json("{\"keywords\":[\"x\",\"y\",\"z\"]}"));
  }

  @Test
  void the_parts_of_all_of_are_merged() {
    String schema =
        """
        {"$defs":{"Brand":{"type":"object","properties":{"name":{"type":"string"}}},
                  "Named":{"type":"object","properties":{"sku":{"type":"string"}},"required":["sku"]}},
         "allOf":[{"$ref":"#/$defs/Named"},{"properties":{"color":{"type":"string"}}}],
         "properties":{"brand":{"allOf":[{"$ref":"#/$defs/Brand"}],"title":"Brand"}}}
        """;
    String data =
        "{\"@type\":\"Product\",\"brand\":{\"name\":\"B\"},\"sku\":\"K\",\"color\":\"red\"}";

    assertThat(extracted(new ExtractionSource.HtmlSource(page(ld("en", data))), schema))
        .isEqualTo(
            new ExtractionResult.ValidValue(
                json("{\"sku\":\"K\",\"color\":\"red\",\"brand\":{\"name\":\"B\"}}")));
    assertThat(extracted(new ExtractionSource.TextSource("color: red"), schema))
        .isEqualTo(new ExtractionResult.MissingProperties(java.util.List.of("sku")));
    assertThat(
            ExtractionSchema.faults(
                json(
                    "{\"$defs\":{\"A\":{\"allOf\":[{\"$ref\":\"#/$defs/A\"},{}]}},\"$ref\":\"#/$defs/A\"}")))
        .isNotEmpty();
  }
}
