package io.headgate.processor.http;

import com.github.jknack.handlebars.EscapingStrategy;
import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.HandlebarsError;
import com.github.jknack.handlebars.HandlebarsException;
import com.github.jknack.handlebars.Helper;
import com.github.jknack.handlebars.Template;
import com.github.jknack.handlebars.helper.DefaultHelperRegistry;
import com.github.jknack.handlebars.io.AbstractTemplateLoader;
import com.github.jknack.handlebars.io.TemplateSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.json.JsonMapper;

/**
 * Handlebars, tamed: a value is escaped for the place it goes to, a placeholder without a value is
 * an error, and a template reaches nothing but its values: no files, no Java.
 */
final class Templates {

  /** Where a text goes, and so how its values are escaped. */
  enum Place {
    /** Path or query of a URL, and form fields. */
    URL,
    /** Inside a string of JSON text. */
    JSON,
    XML,
    PLAIN
  }

  /** The message is for the client and repeats no part of a template, which may hold a secret. */
  static final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unfit(String message) {
      super(message);
    }
  }

  private static final int MAX_CHARS = 10_000_000;
  private static final int REMEMBERED = 500;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Helper<Object> JSON_TEXT =
      (value, _) -> new Handlebars.SafeString(MAPPER.writeValueAsString(value));
  private static final Helper<Object> MISSING =
      (_, options) -> {
        throw new Unfit("the placeholder " + options.fn.text() + " has no value");
      };

  private record Key(Place place, String text) {}

  private final Map<Place, Handlebars> engines = new EnumMap<>(Place.class);
  private final Map<Key, Template> compiled =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Template> eldest) {
              return size() > REMEMBERED;
            }
          });

  Templates() {
    for (Place place : Place.values()) {
      engines.put(place, engine(place));
    }
  }

  private static Handlebars engine(Place place) {
    Handlebars engine =
        new Handlebars(new NoFiles())
            .with(new FewHelpers())
            .with(escaping(place))
            .with((value, next) ->
                value instanceof Map || value instanceof Collection
                    ? MAPPER.writeValueAsString(value)
                    : next.format(value));
    engine.registerHelperMissing(MISSING);
    engine.registerHelper("json", JSON_TEXT);
    return engine;
  }

  private static EscapingStrategy escaping(Place place) {
    return switch (place) {
      case URL ->
          text -> URLEncoder.encode(text.toString(), StandardCharsets.UTF_8).replace("+", "%20");
      case JSON -> text -> new String(JsonStringEncoder.getInstance().quoteAsCharArray(text));
      case XML -> EscapingStrategy.XML;
      case PLAIN -> EscapingStrategy.NOOP;
    };
  }

  /** Why {@code text} is no template; empty when it is one. */
  Optional<String> objection(Place place, String text) {
    try {
      Template _ = template(place, text);
      return Optional.empty();
    } catch (Unfit e) {
      return Optional.ofNullable(e.getMessage());
    }
  }

  /**
   * @throws Unfit when a placeholder has no value or the result is too long
   */
  String render(Place place, String text, Values values) {
    if (!text.contains("{{")) {
      return text;
    }
    Limited out = new Limited();
    try {
      template(place, text).apply(values.context(), out);
      return out.toString();
    } catch (HandlebarsException e) {
      throw e.getCause() instanceof Unfit unfit ? unfit : unfit(e);
    } catch (IOException e) {
      throw new Unfit("a template could not be filled in");
    }
  }

  private Template template(Place place, String text) {
    return compiled.computeIfAbsent(new Key(place, text), this::compile);
  }

  private Template compile(Key key) {
    try {
      return Objects.requireNonNull(engines.get(key.place)).compileInline(key.text);
    } catch (HandlebarsException e) {
      throw unfit(e);
    } catch (IOException e) {
      throw new Unfit("is not a template");
    }
  }

  private static Unfit unfit(HandlebarsException e) {
    HandlebarsError error = e.getError();
    return new Unfit(
        error == null
            ? "is not a template"
            : "is not a template, see line " + error.line + ", column " + error.column);
  }

  /** Partials would be read from the class path. */
  private static final class NoFiles extends AbstractTemplateLoader {
    @Override
    public TemplateSource sourceAt(String location) throws IOException {
      throw new FileNotFoundException("partials are not supported");
    }
  }

  /** The library's others read files and resource bundles, or write to the log. */
  private static final class FewHelpers extends DefaultHelperRegistry {

    private static final Set<String> KNOWN =
        Set.of("if", "unless", "each", "with", "lookup", "json", "helperMissing");

    @Override
    public <C> @Nullable Helper<C> helper(String name) {
      return KNOWN.contains(name) ? super.helper(name) : null;
    }
  }

  private static final class Limited extends StringWriter {
    @Override
    public void write(String text) {
      super.write(text);
      if (getBuffer().length() > MAX_CHARS) {
        throw new Unfit("the filled-in template is longer than " + MAX_CHARS + " characters");
      }
    }
  }
}
