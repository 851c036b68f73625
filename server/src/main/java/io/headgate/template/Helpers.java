package io.headgate.template;

import com.github.jknack.handlebars.Context;
import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.Helper;
import com.github.jknack.handlebars.Options;
import com.github.jknack.handlebars.Template;
import com.github.jknack.handlebars.ValueResolver;
import com.github.jknack.handlebars.helper.DefaultHelperRegistry;
import com.github.jknack.handlebars.io.TemplateLoader;
import com.github.jknack.handlebars.io.TemplateSource;
import io.headgate.template.expression.Expression;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Handlebars as this house uses it: five helpers, each of which gets the number of a part. It loads
 * nothing and resolves nothing.
 */
final class Helpers {

  private static final ValueResolver NOTHING =
      new ValueResolver() {
        @Override
        public Object resolve(Object context, String name) {
          return UNRESOLVED;
        }

        @Override
        public Object resolve(Object context) {
          return UNRESOLVED;
        }

        @Override
        public Set<Map.Entry<String, Object>> propertySet(Object context) {
          return Set.of();
        }
      };

  private static final Handlebars HANDLEBARS = handlebars();

  private Helpers() {}

  static Template compile(String source) throws IOException {
    return HANDLEBARS.compileInline(source);
  }

  /** Writes the page into the run. */
  static void render(Compiled compiled, Run run) throws IOException {
    compiled.blocks().apply(Context.newBuilder(run).resolver(NOTHING).build(), run.page());
  }

  private static Handlebars handlebars() {
    Handlebars handlebars = new Handlebars(new NoLoader()).with(new DefaultHelperRegistry());
    handlebars.registerHelper("v", (Helper<Integer>) Helpers::value);
    handlebars.registerHelper(
        "if", (Helper<Integer>) (part, options) -> choose(part, options, true));
    handlebars.registerHelper(
        "unless", (Helper<Integer>) (part, options) -> choose(part, options, false));
    handlebars.registerHelper("each", (Helper<Integer>) Helpers::each);
    handlebars.registerHelper("with", (Helper<Integer>) Helpers::with);
    return handlebars;
  }

  private static Run run(Options options) {
    return (Run) options.context.model();
  }

  private static Object value(Integer part, Options options) {
    return run(options).shown(part);
  }

  private static @Nullable Object choose(Integer part, Options options, boolean wanted)
      throws IOException {
    Run run = run(options);
    boolean truth = Expression.truth(run.decided(part));
    write(truth == wanted ? options.fn : options.inverse, options);
    return null;
  }

  private static @Nullable Object with(Integer part, Options options) throws IOException {
    Run run = run(options);
    JsonNode value = run.decided(part);
    if (!Expression.truth(value)) {
      write(options.inverse, options);
      return null;
    }
    Frame outer = run.frame();
    run.enter(Frame.with(outer, value, run.names(part)));
    write(options.fn, options);
    run.enter(outer);
    return null;
  }

  private static @Nullable Object each(Integer part, Options options) throws IOException {
    Run run = run(options);
    JsonNode list = run.listed(part);
    if (list.isEmpty()) {
      write(options.inverse, options);
      return null;
    }
    Frame outer = run.frame();
    String[] keys = list.isObject() ? list.propertyNames().toArray(String[]::new) : new String[0];
    for (int i = 0; i < list.size(); i++) {
      run.oneMore();
      JsonNode value = list.isObject() ? list.path(keys[i]) : list.path(i);
      Frame.Turn turn = new Frame.Turn(i, list.size(), list.isObject() ? keys[i] : null);
      run.enter(Frame.each(outer, value, turn, run.names(part)));
      write(options.fn, options);
    }
    run.enter(outer);
    return null;
  }

  /** Straight into the one page, so that its size is known at every moment. */
  private static void write(Template part, Options options) throws IOException {
    part.apply(options.context, run(options).page());
  }

  private static final class NoLoader implements TemplateLoader {

    private static IOException none(String name) {
      return new FileNotFoundException("there is no template " + name);
    }

    @Override
    public TemplateSource sourceAt(String name) throws IOException {
      throw none(name);
    }

    @Override
    public String resolve(String name) {
      return name;
    }

    @Override
    public String getPrefix() {
      return "";
    }

    @Override
    public String getSuffix() {
      return "";
    }

    @Override
    public void setPrefix(String prefix) {}

    @Override
    public void setSuffix(String suffix) {}

    @Override
    public void setCharset(java.nio.charset.Charset charset) {}

    @Override
    public java.nio.charset.Charset getCharset() {
      return java.nio.charset.StandardCharsets.UTF_8;
    }
  }
}
