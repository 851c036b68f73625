package io.headgate.processor.render;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.headgate.batch.Violation;
import io.headgate.processor.Pinned;
import io.headgate.processor.render.Sheet.Content;
import io.headgate.template.Html;
import io.headgate.template.Rendered;
import io.headgate.template.Rendering;
import io.headgate.template.Template;
import io.headgate.template.TemplateVersion;
import io.headgate.template.Templates;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates the sheets of an item from its input and the options of its batch. */
final class Sheets {

  private static final int REMEMBERED = 50;

  private final Templates templates;
  private final Rendering rendering = new Rendering();
  private final Cache<PinnedTemplate, TemplateVersion> versions =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  Sheets(Templates templates) {
    this.templates = templates;
  }

  /** Replaces the id of a template in options with its newest version. */
  Pinned pin(UUID account, JsonNode options) {
    JsonNode name = options.path("template");
    if (!name.isString()) {
      return new Pinned.Options(options);
    }
    Optional<Template> found = templates.find(account, name.asString());
    if (found.isEmpty()) {
      return new Pinned.Refused(
          List.of(new Violation("template", "must be the id of a template of this account")));
    }
    TemplateVersion version = found.get().version();
    ObjectNode pinned = ((ObjectNode) options).deepCopy();
    pinned.set(
        "template", new PinnedTemplate(account, version.template(), version.version()).json());
    return new Pinned.Options(pinned);
  }

  /**
   * The sheets of one layout: one, or several that become one PDF. Each is created when it is
   * requested and not kept, as the HTML of all of them may not fit into memory.
   */
  interface Pile {

    int size();

    /**
     * @param index from 0
     * @param patience the time limit for filling in the template
     */
    Sheet sheet(int index, Duration patience) throws Unrenderable, InterruptedException;
  }

  private record Single(Sheet sheet) implements Pile {

    @Override
    public int size() {
      return 1;
    }

    @Override
    public Sheet sheet(int index, Duration patience) {
      return sheet;
    }
  }

  /** A template with one sheet for each set of variables. */
  private record Forms(
      Rendering rendering,
      TemplateVersion version,
      RenderOptions options,
      String layout,
      List<JsonNode> sets)
      implements Pile {

    @Override
    public int size() {
      return sets.size();
    }

    @Override
    public Sheet sheet(int index, Duration patience) throws Unrenderable, InterruptedException {
      return Sheets.sheet(rendering.html(version, layout, sets.get(index), patience), options);
    }
  }

  /** Returns the sheets that become the file of one layout. */
  Pile of(JsonNode input, RenderOptions options, String layout) throws Unrenderable {
    if (options.template().isPresent()) {
      TemplateVersion version = version(options.template().get());
      return new Forms(rendering, version, options, layout, sets(input));
    }
    Content content =
        input.has("html")
            ? new Content.Html(input.path("html").asString(""))
            : new Content.Address(input.path("url").asString(""));
    return new Single(new Sheet(layout, "Default", content, options.size().viewport()));
  }

  private static List<JsonNode> sets(JsonNode input) {
    return input.has("variable_sets")
        ? input.path("variable_sets").valueStream().toList()
        : List.of(input.path("variables"));
  }

  private static Sheet sheet(Rendered rendered, RenderOptions options) throws Unrenderable {
    return switch (rendered) {
      case Html html -> checked(html, options);
      case Rendered.MissingVariable missing -> throw trouble(Fault.MISSING_VARIABLE, missing);
      case Rendered.InvalidVariable invalid -> throw trouble(Fault.INVALID_VARIABLE, invalid);
      case Rendered.ExpressionError error -> throw trouble(Fault.EXPRESSION_ERROR, error);
      case Rendered.TooLarge tooLarge -> throw trouble(Fault.TOO_LARGE, tooLarge);
      case Rendered.UnknownLayout unknown -> throw trouble(Fault.UNKNOWN_LAYOUT, unknown);
    };
  }

  private static Unrenderable trouble(Fault fault, Rendered.Problem problem) {
    return Unrenderable.lasting(fault, problem.message());
  }

  private static Sheet checked(Html html, RenderOptions options) throws Unrenderable {
    if (html.html().length() > InputCheck.MAX_HTML) {
      throw Unrenderable.lasting(
          Fault.TOO_LARGE,
          "the rendered template has more than " + InputCheck.MAX_HTML + " characters");
    }
    Viewport size = options.size().over(html.width(), html.height());
    Optional<String> objection = options.objection(size.width(), size.height());
    if (objection.isPresent()) {
      throw Unrenderable.lasting(Fault.TOO_LARGE, objection.get());
    }
    return new Sheet(html.layout(), html.name(), new Content.Html(html.html()), size);
  }

  private TemplateVersion version(PinnedTemplate pinned) throws Unrenderable {
    TemplateVersion known = versions.getIfPresent(pinned);
    if (known != null) {
      return known;
    }
    TemplateVersion read =
        templates
            .version(pinned.account(), pinned.template(), pinned.version())
            .orElseThrow(() ->
                Unrenderable.lasting(
                    Fault.TEMPLATE_NOT_FOUND, "the template does not exist any more"));
    versions.put(pinned, read);
    return read;
  }
}
