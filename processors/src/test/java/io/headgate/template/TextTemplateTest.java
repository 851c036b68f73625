package io.headgate.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Templates of texts: the language of pages with the names of Handlebars. */
class TextTemplateTest {

  private static final JsonNode DATA =
      TemplateCase.json(
          """
          {'ref':'r1','ordinal':7,'input':{'name':'Ada','user-id':5,'xml:lang':'en','first name':'odd',
           '2nd':'two','none':null,'no':false,'yes':true,'empty':'','half':0.5,'exact':0.30000000000000004,
           'big':12345678901234567890,'list':['a','b'],'items':[{'title':'one','n':1},{'title':'two','n':2}],
           'deep':{'a':{'b':'c'}},'mixed':[0.5,null,'<']}}
          """);

  @ParameterizedTest
  @CsvSource(
      delimiterString = "~>",
      quoteCharacter = '`',
      value = {
        "{{input.name}} ~> <Ada>",
        "{{{input.name}}}{{&input.name}} ~> AdaAda",
        "{{~{input.name}~}} x ~> Adax",
        "{{input.user-id}} ~> <5>",
        "{{input.xml:lang}} ~> <en>",
        "{{input.[first name]}}{{input['first name']}} ~> <odd><odd>",
        "{{input.2nd}}{{input.list.0}}{{input.list.[1]}}{{input.list[1]}} ~> <two><a><b><b>",
        "{{input/deep/a/b}}{{./ref}}{{this.ref}}{{this/ref}} ~> <c><r1><r1><r1>",
        "{{input.user-id - 1}} {{input.user-id / 2}} ~> <4> <2.5>",
        "{{input.half}}{{input.exact}}{{input.big}} ~>"
            + " <0.5><0.30000000000000004><12345678901234567890>",
        "{{input.none}}{{input.empty}}{{input.no}} ~> <><><false>",
        "{{input.list}} ~> <[\"a\",\"b\"]>",
        "{{json input.mixed}} ~> [0.5,null,\"<\"]",
        "{{#with input.deep}}{{json .}}{{/with}} ~> {\"a\":{\"b\":\"c\"}}",
        "{{lookup input 'name'}}{{lookup input.list 1}} ~> <Ada><b>",
        "{{#each input.items}}{{lookup ../input.list @index}}{{title}}{{/each}} ~> <a><one><b><two>",
        "{{#each input.list}}{{this}}{{ref}}{{../ref}}{{/each}} ~> <a><r1><r1><b><r1><r1>",
        "{{#each input.list}}{{#with @root.input.deep}}{{../ref}}{{/with}}{{/each}} ~> <r1><r1>",
        "{{#input.items}}{{title}}{{^}}none{{/input.items}} ~> <one><two>",
        "{{#input.deep}}{{a.b}}{{ref}}{{/input.deep}}{{^input.no}}no{{/input.no}} ~> <c><r1>no",
        "{{^input.gone}}A{{else}}B{{/input.gone}}{{^if input.no}}C{{/if}} ~> AC",
        "{{#if input.gone}}A{{else each input.list}}{{this}}{{/if}} ~> <a><b>",
        "{{#if input.gone}}A{{else if input.yes}}B{{/if}} ~> B",
        "{{uppercase input.name}} {{default(input.gone, 'x')}} {{input.gone || 'y'}} ~> <ADA> <x> <y>",
        "{{#if (eq input.name 'Ada')}}A{{/if}}{{#if input.user-id > 4}}B{{/if}} ~> AB",
        "\\{{input.name}} \\\\{{input.name}} ~> {{input.name}} \\<Ada>",
        "<p _if=\"no\">{{{input.name}}}</p> ~> <p _if=\"no\">Ada</p>",
      })
  void values_and_blocks(String source, String text) {
    assertThat(TextCase.text(source, DATA)).isEqualTo(text);
  }

  /** In the tables of this test, ⏎ stands for a line break. */
  private static String lines(String source) {
    return source.replace('⏎', '\n');
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "~>",
      quoteCharacter = '`',
      value = {
        "{{input.nmae}} ~> input.nmae 1 true",
        "x⏎{{input.a.b.c}} ~> input.a.b.c 2 true",
        "{{json input.gone}} ~> json input.gone 1 true",
        "{{#each input.list}}{{title}}{{/each}} ~> title 1 true",
        "{{lookup input 'gone'}} ~> lookup input 'gone' 1 false",
        "{{uppercase input.gone}} ~> uppercase input.gone 1 true",
        "{{'x' + input.gone}} ~> 'x' + input.gone 1 false",
        "{{input.name * 2}} ~> input.name * 2 1 false",
      })
  void a_value_that_is_missing_ends_the_text(String source, String reported) {
    FilledText filled = TextCase.fill(lines(source), DATA, UnaryOperator.identity());
    assertThat(filled).isInstanceOf(FilledText.NoValue.class);
    FilledText.NoValue no = (FilledText.NoValue) filled;
    assertThat(no.expression() + " " + no.line() + " " + no.path()).isEqualTo(reported);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "~>",
      quoteCharacter = '`',
      value = {
        "ab {{a ~> 1:4 {{ is not closed",
        "a⏎b {{#if}} ~> 2:3 {{}}: there is no expression",
        "⏎  {{#each a}}⏎{{/if}} ~> 3:1 {{/if}} comes before the end of {{#each}} of line 2",
        "{{#a}}{{/b}} ~> 1:7 {{/b}} comes before the end of {{#a}} of line 1",
        "{{> head}} ~> 1:1 partials {{>…}} are not supported",
        "{{log 'x'}} ~> 1:1 {{log 'x'}}: there is no helper or function log",
        "{{input.[a}} ~> 1:1 {{input.[a}}: a name is not closed with ]",
      })
  void a_mistake_is_reported_with_its_line_and_column(String source, String reported) {
    ParsedTextTemplate parsed = TextTemplate.parse(lines(source));
    assertThat(parsed).isInstanceOf(ParsedTextTemplate.Malformation.class);
    ParsedTextTemplate.Malformation wrong = (ParsedTextTemplate.Malformation) parsed;
    assertThat(wrong.line() + ":" + wrong.column() + " " + wrong.message())
        .isEqualTo(reported.replaceFirst(" ", " line " + wrong.line() + ": "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "~>",
      quoteCharacter = '`',
      value = {
        "{{input.list}} ~> [\"a\",\"b\"]",
        "{{ input.user-id + 1 }} ~> 6",
        "{{input.none}} ~> null",
        "{{input.list}}! ~> \"<[\\\"a\\\",\\\"b\\\"]>!\"",
        "{{{input.user-id}}} ~> \"5\"",
        "{{json input.list}} ~> \"[\\\"a\\\",\\\"b\\\"]\"",
      })
  void one_placeholder_alone_may_keep_the_type_of_its_value(String source, String json)
      throws Exception {
    FilledText filled =
        TextCase.parsed(source)
            .fill(
                DATA,
                new TextTemplate.Filling(
                    value -> "<" + value + ">", false, true, TemplateCase.TIME_LIMIT));
    assertThat(((FilledText.Filled) filled).value().toString()).isEqualTo(json);
  }

  @Test
  void only_a_value_at_the_very_start_may_stay_as_it_is() throws Exception {
    FilledText filled =
        TextCase.parsed("{{ref}}/{{ref}}")
            .fill(
                DATA,
                new TextTemplate.Filling(
                    value -> "<" + value + ">", true, false, TemplateCase.TIME_LIMIT));
    assertThat(((FilledText.Filled) filled).value().asString()).isEqualTo("r1/<r1>");
  }
}
