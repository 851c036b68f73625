package io.headgate.extract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ExtractionTest extends ExtractCase {

  private static final String PRODUCT =
      """
      <html lang=en><head><title>Kettle | Shop</title>
      <meta property="og:title" content="Kettle 3000">
      <meta name="description" content="Boils water">
      <meta property="product:price:amount" content="19.90">
      <script type="application/ld+json">
        {"@context":"https://schema.org","@graph":[
          {"@type":"Organization","name":"The shop","url":"https://shop.example/"},
          {"@type":"Product","name":"Kettle","sku":"K-3000","brand":{"@type":"Brand","name":"Boil"},
           "image":["/k.jpg","/l.jpg"],
           "offers":{"@type":"Offer","price":"1,019.90","priceCurrency":"EUR",
             "availability":"https://schema.org/InStock"},
           "review":[{"@type":"Review","author":{"name":"Ann"},"reviewRating":{"ratingValue":5}},
             {"@type":"Review","author":{"name":"Bob"},"reviewRating":{"ratingValue":"4"}}]}]}
      </script></head><body><h1>Kettle</h1></body></html>
      """;

  @Test
  void json_ld_is_read_by_the_names_of_properties() {
    assertThat(
            found(
                PRODUCT,
                """
                "name":{"type":"string"},"sku":{"type":"string"},"price":{"type":"number"},
                "price_currency":{"type":"string"},"brand":{"type":"string"},
                "image":{"type":"string","format":"uri"},
                "availability":{"enum":["InStock","OutOfStock"]},
                "colour":{"type":"string"}
                """))
        .isEqualTo(
            json(
                """
                {"name":"Kettle","sku":"K-3000","price":1019.9,"price_currency":"EUR","brand":"Boil",
                 "image":"https://shop.example/k.jpg","availability":"InStock","colour":null}
                """));
  }

  @Test
  void inner_objects_and_lists_of_them_come_from_the_same_data() {
    assertThat(
            found(
                PRODUCT,
                """
                "offers":{"type":"object","properties":{"price":{"type":"number"},"priceCurrency":{"type":"string"}}},
                "brand":{"type":"object","properties":{"name":{"type":"string"}}},
                "reviews":{"type":"array","items":{"type":"object","properties":{
                  "author":{"type":"string"},"rating_value":{"type":"integer"}}}},
                "images":{"type":"array","items":{"type":"string","format":"uri"}}
                """))
        .isEqualTo(
            json(
                """
                {"offers":{"price":1019.9,"priceCurrency":"EUR"},"brand":{"name":"Boil"},
                 "reviews":[{"author":"Ann","rating_value":5},{"author":"Bob","rating_value":4}],
                 "images":["https://shop.example/k.jpg","https://shop.example/l.jpg"]}
                """));
  }

  @Test
  void an_object_that_wraps_everything_stands_for_the_page() {
    assertThat(
            found(
                PRODUCT,
                "\"product\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}}}"))
        .isEqualTo(json("{\"product\":{\"name\":\"Kettle\"}}"));
    assertThat(
            found(
                "<p>Price: 7</p>",
                "\"item\":{\"type\":\"object\",\"properties\":{\"price\":{\"type\":\"integer\"}}}"))
        .isEqualTo(json("{\"item\":{\"price\":7}}"));
  }

  @Test
  void microdata_is_read_like_json_ld() {
    String html =
        """
        <div itemscope itemtype="https://schema.org/Product"><h1 itemprop=name>Pan</h1>
        <img itemprop=image src=/pan.png><span itemprop=color>red</span><span itemprop=color>blue</span>
        <div itemprop=offers itemscope itemtype="https://schema.org/Offer">
          <meta itemprop=price content="29.5"><time itemprop=priceValidUntil datetime="2027-01-31">soon</time></div></div>
        """;
    assertThat(
            found(
                html,
                """
                "name":{"type":"string"},"image":{"type":"string","format":"uri"},"price":{"type":"number"},
                "price_valid_until":{"type":"string","format":"date"},
                "colors":{"type":"array","items":{"type":"string"}}
                """))
        .isEqualTo(
            json(
                """
                {"name":"Pan","image":"https://shop.example/pan.png","price":29.5,
                 "price_valid_until":"2027-01-31","colors":["red","blue"]}
                """));
  }

  @Test
  void open_graph_and_meta_are_read_by_the_end_of_their_names() {
    String html =
        """
        <title>T</title><meta property="og:site_name" content="The Site"><meta name=author content=Ann>
        <meta property="article:published_time" content="2026-03-02T10:00:00+01:00">
        <meta property="og:image" content="/pic.png">
        <meta property="article:tag" content=one><meta property="article:tag" content=two>
        <meta property="product:price:amount" content="12.50"><link rel=canonical href=/canonical>
        """;
    assertThat(
            found(
                html,
                """
                "siteName":{"type":"string"},"author":{"type":"string"},"title":{"type":"string"},
                "published_time":{"type":"string","format":"date-time"},
                "image":{"type":"string","format":"uri"},"price":{"type":"number"},
                "tags":{"type":"array","items":{"type":"string"}},"url":{"type":"string","format":"uri"}
                """))
        .isEqualTo(
            json(
                """
                {"siteName":"The Site","author":"Ann","title":"T",
                 "published_time":"2026-03-02T10:00:00+01:00",
                 "image":"https://shop.example/pic.png","price":12.5,"tags":["one","two"],
                 "url":"https://shop.example/canonical"}
                """));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<table><tr><th>Unit price</th><td>12 €</td></tr></table>",
        "<table><tr><td>Unit-Prices (net)</td><td>12 €</td></tr></table>",
        "<dl><dt>Unit price:</dt><dd>12 €</dd></dl>",
        "<dl><div><dt>unitPrice</dt><dd>12 €</dd></div></dl>",
        "<p>Unit price: 12 €</p>",
        "<p><b>Unit price</b>: 12 €</p>",
        "<div>Weight: 3 kg<br>Unit price: 12 €<br>x</div>",
        "<div><span>Unit price:</span><div>12 €</div></div>",
        "<ul><li><strong>Price per unit:</strong> 12 €</li></ul>",
      })
  void a_label_matches_the_name_or_title_in_any_notation(String html) {
    assertThat(found(html, "\"unit_price\":{\"type\":\"number\",\"title\":\"Price per unit\"}"))
        .isEqualTo(json("{\"unit_price\":12}"));
  }

  @Test
  void a_list_after_a_label_or_heading_is_an_array() {
    String html =
        """
        <dl><dt>Colours</dt><dd><ul><li>red</li><li>blue</li></ul></dd></dl>
        <p>Sizes: S, M, L</p><h2>Ingredients</h2><p>Mix:</p><ul><li>Flour</li><li>Water</li></ul>
        """;
    String words = "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}";
    assertThat(
            found(
                html,
                "\"colours\":%1$s,\"size\":%1$s,\"ingredients\":%1$s,\"tags\":%1$s"
                    .formatted(words)))
        .isEqualTo(
            json(
                """
                {"colours":["red","blue"],"size":["S","M","L"],"ingredients":["Flour","Water"],"tags":null}
                """));
  }

  @Test
  void rows_of_a_table_become_objects_by_their_columns() {
    String html =
        """
        <table><tr><td>Menu</td><td>more</td></tr></table>
        <table><thead><tr><th>Product name</th><th>Price (EUR)</th><th>In stock</th></tr></thead>
        <tbody><tr><td><a href=/1>One</a></td><td>1.299,00</td><td>yes</td></tr>
        <tr><td colspan=3>Sale</td></tr><tr><td>Two</td><td>n/a</td><td>no</td></tr></tbody></table>
        """;
    assertThat(
            found(
                html,
                """
                "products":{"type":"array","items":{"type":"object","properties":{
                  "product_name":{"type":"string"},"price":{"type":"number"},"in_stock":{"type":"boolean"},
                  "link":{"type":"string","format":"uri","x-selector":"a","x-attribute":"href"}}}}
                """))
        .isEqualTo(
            json(
                """
                {"products":[{"product_name":"One","price":1299,"in_stock":true,"link":"https://shop.example/1"},
                 {"product_name":"Two","price":null,"in_stock":false,"link":null}]}
                """));
  }

  @Test
  void rules_select_elements_attributes_and_parts_of_text() {
    String html =
        """
        <ul><li class=p data-id=7>Pan <i>9 €</i> <a href=/pan>x</a></li><li class=p>Pot <i>1 €</i></li></ul>
        <p>Order no. AB-12 of 3 items</p><p>Name: wrong</p><input id=c type=checkbox checked>
        """;
    assertThat(
            found(
                html,
                """
                "order":{"type":"string","x-regex":"no\\\\. (\\\\w+-\\\\d+)"},
                "count":{"type":"integer","x-selector":"p","x-regex":"of (\\\\d+)"},
                "agreed":{"type":"boolean","x-selector":"#c","x-attribute":"checked"},
                "name":{"type":"string","x-selector":".nothing"},
                "prices":{"type":"array","x-selector":".p i","items":{"type":"number"}},
                "ids":{"type":"array","items":{"type":"integer","x-selector":".p","x-attribute":"data-id"}},
                "words":{"type":"array","x-regex":"P[ao]\\\\w","items":{"type":"string"}},
                "products":{"type":"array","x-selector":"li.p","items":{"type":"object","properties":{
                  "id":{"type":"integer","x-attribute":"data-id"},
                  "price":{"type":"number","x-selector":"i"},
                  "link":{"type":"string","x-selector":"a","x-attribute":"href"}}}}
                """))
        .isEqualTo(
            json(
                """
                {"order":"AB-12","count":3,"agreed":true,"name":null,"prices":[9,1],"ids":[7],"words":["Pan","Pot"],
                 "products":[{"id":7,"price":9,"link":"https://shop.example/pan"},{"id":null,"price":1,"link":null}]}
                """));
  }

  @Test
  void text_without_html_is_read_by_labels_and_expressions() {
    ExtractionSource invoice =
        new ExtractionSource.TextSource(
            "Invoice No: 2026-17\nTotal amount:\t$1,200.50\nDate: March 2, 2026\nThanks");
    assertThat(
            found(
                invoice,
                """
                "invoice_no":{"type":"string"},"total_amount":{"type":"number"},
                "date":{"type":"string","format":"date"},"last":{"type":"string","x-regex":"\\\\w+\\\\z"}
                """))
        .isEqualTo(
            json(
                """
                {"invoice_no":"2026-17","total_amount":1200.5,"date":"2026-03-02","last":"Thanks"}
                """));
  }

  @Test
  void json_is_read_by_the_names_of_its_members() {
    JsonNode answer =
        json("{\"data\":{\"items\":[{\"itemName\":\"a\",\"qty\":\"2\"},{\"itemName\":\"b\"}]}}");
    assertThat(
            found(
                new ExtractionSource.JsonSource(answer),
                """
                "items":{"type":"array","items":{"type":"object","properties":{
                  "item_name":{"type":"string"},"qty":{"type":"integer"}}}}
                """))
        .isEqualTo(
            json(
                "{\"items\":[{\"item_name\":\"a\",\"qty\":2},{\"item_name\":\"b\",\"qty\":null}]}"));
  }
}
