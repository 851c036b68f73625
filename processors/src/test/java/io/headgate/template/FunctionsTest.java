package io.headgate.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionsTest extends TemplateCase {

  private static final String DATA =
      """
      {'name':'ada lovelace','n':1234.567,'list':[3,1,2],'none':null,'empty':'','o':{'a':1},
       'at':'2026-11-21T20:05:09Z','words':['x','y','z'],'csv':'a,b,c'}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "uppercase('straße') | STRASSE",
        "uppercase(none) | ``",
        "lowercase('ÀB') | àb",
        "capitalize(name) | Ada lovelace",
        "capitalize('') | ``",
        "titleCase(\"ada's BIG day-off\") | Ada's Big Day-Off",
        "trim('  a b ') | a b",
        "truncate(name, 5) | ada…",
        "truncate(name, 5, '') | ada l",
        "truncate(name, 50) | ada lovelace",
        "truncate('😀😀😀', 2) | 😀…",
        "truncate(name, 2, '....') | ..",
        "replace(name, 'a', 'o') | odo loveloce",
        "replace(name, '.', 'o') | ada lovelace",
        "replace(name, '', 'o') | ada lovelace",
        "split(csv)[1] | b",
        "split('a b', ' ').length | 2",
        "split('ab', '')[1] | b",
        "padStart(7, 3, '0') | 007",
        "padStart('abc', 2) | abc",
        "padEnd('ab', 5, 'xy') | abxyx",
        "padEnd('ab', 4, '') | ab",
        "concat('a', 1, none, true) | a1true"
      })
  void texts(String expression, String shown) {
    assertThat(page("{{{" + expression + "}}}", DATA)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "round(2.5) | 3",
        "round(-2.5) | -3",
        "round(1.005, 2) | 1.01",
        "floor(-1.2) | -2",
        "ceil(1.2) | 2",
        "abs(-3) | 3",
        "min(3, 1, '2') | 1",
        "max(list) | 3",
        "sum(list) | 6",
        "sum(parseJson('[]')) | 0",
        "average(1, 2) | 1.5",
        "currency(n) | $1,234.57",
        "currency(n, 'JPY') | ¥1,235",
        "currency(n, 'EUR', 'de-DE') | 1.234,57 €",
        "currency(n, 'USD', 'en-US', 0) | $1,235",
        "currency(-5) | -$5.00",
        "number(n) | 1,234.567",
        "number(n, 1) | 1,234.6",
        "number(n, 1, 'de') | 1.234,6",
        "percent(0.256) | 26%",
        "percent(0.256, 1) | 25.6%"
      })
  void numbers(String expression, String shown) {
    assertThat(page("{{{" + expression + "}}}", DATA)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "date(at) | Nov 21, 2026",
        "date(at, 'YYYY-MM-DD') | 2026-11-21",
        "date(at, 'yyyy/MM/dd') | 2026/11/21",
        "date(at, 'dddd, D MMMM YY') | Saturday, 21 November 26",
        "date(at, 'EEEE', 'UTC', 'fr') | samedi",
        "date(at, '[Day] D') | Day 21",
        "date(at, 'HH:mm:ss.SSS Z') | 20:05:09.000 +00:00",
        "date('2026-11-21T23:30:00Z', 'YYYY-MM-DD', 'Europe/Berlin') | 2026-11-22",
        "date('2026-11-21') | Nov 21, 2026",
        "date('2026-11-21 10:00') | Nov 21, 2026",
        "date(0) | Jan 1, 1970",
        "date(at, 'long', 'UTC', 'de-DE') | 21. November 2026",
        "date(none) | ``",
        "time(at) | 8:05 PM",
        "time(at, 'HH:mm') | 20:05",
        "time(at, 'h:mm A', 'Asia/Tokyo') | 5:05 AM",
        "time('07:30') | 7:30 AM"
      })
  void times(String expression, String shown) {
    assertThat(page("{{{" + expression + "}}}", DATA)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "length(list) | 3",
        "length('😀a') | 2",
        "length(none) | 0",
        "length(o) | 1",
        "first(list) | 3",
        "last(words) | z",
        "first('äb') | ä",
        "last('') | ``",
        "join(words) | x, y, z",
        "join(words, '') | xyz",
        "slice(words, 1) | y,z",
        "slice(words, -2, -1) | y",
        "slice('hello', 1, 3) | el",
        "slice('hello', 4, 1) | ``",
        "slice('😀ab', 1, 2) | a",
        "slice('a😀b', 1, -1) | 😀",
        "indexOf('😀ab', 'b') | 2",
        "contains(words, 'y') | true",
        "contains('hello', 'ell') | true",
        "contains(list, '3') | true",
        "indexOf(words, 'z') | 2",
        "indexOf('hello', 'x') | -1"
      })
  void lists(String expression, String shown) {
    assertThat(page("{{{" + expression + "}}}", DATA)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "isEmpty(empty) | true",
        "isEmpty(parseJson('{}')) | true",
        "isEmpty(0) | false",
        "isNotEmpty(list) | true",
        "isDefined(none) | false",
        "isDefined(empty) | true",
        "isArray(list) | true",
        "isArray(o) | false",
        "isString(name) | true",
        "isNumber(n) | true",
        "isNumber('1') | false",
        "default(empty, 'x') | x",
        "default(nothing, 'x') | x",
        "default(0, 'x') | 0",
        "coalesce(none, nothing, '', 'x') | ``",
        "coalesce(none, 'x') | x",
        "json(o) | {&quot;a&quot;:1}",
        "json('</script>') | \"\\u003c/script\\u003e\"",
        "json(nothing) | null",
        "parseJson('{\"a\":[1,2]}').a[1] | 2"
      })
  void questions_and_choices(String expression, String shown) {
    assertThat(page("{{{" + expression + "}}}", DATA)).isEqualTo(shown);
  }
}
