package io.headgate.processor.render;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.headgate.batch.Violation;
import io.headgate.processor.OptionsResolution;
import io.headgate.processor.render.RenderJob.RenderSource;
import io.headgate.template.HtmlPage;
import io.headgate.template.Template;
import io.headgate.template.TemplateRenderer;
import io.headgate.template.TemplateResult;
import io.headgate.template.TemplateVersion;
import io.headgate.template.Templates;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Creates the sheets of an item from its input and the options of its batch. */
final class RenderJobs {

  private static final int MAX_CACHED = 50;

  private final Templates templates;
  private final TemplateRenderer rendering = new TemplateRenderer();
  private final Cache<PinnedTemplate, TemplateVersion> versionCache =
      Caffeine.newBuilder().maximumSize(MAX_CACHED).build();

  RenderJobs(Templates templates) {
    this.templates = templates;
  }

  /** Replaces the id of a template in options with its newest version. */
  OptionsResolution pin(UUID account, JsonNode options) {
    JsonNode name = options.path("template");
    if (!name.isString()) {
      return new OptionsResolution.ResolvedOptions(options);
    }
    Optional<Template> found = templates.find(account, name.asString());
    if (found.isEmpty()) {
      return new OptionsResolution.RefusedOptions(
          List.of(new Violation("template", "must be the id of a template of this account")));
    }
    TemplateVersion version = found.get().version();
    ObjectNode pinned = ((ObjectNode) options).deepCopy();
    pinned.set(
        "template", new PinnedTemplate(account, version.template(), version.version()).toJson());
    return new OptionsResolution.ResolvedOptions(pinned);
  }

  /**
   * The sheets of one layout: one, or several that become one PDF. Each is created when it is
   * requested and not kept, as the HTML of all of them may not fit into memory.
   */
  interface LayoutJobs {

    int size();

    /**
     * @param index from 0
     * @param timeLimit the time limit for filling in the template
     */
    RenderJob job(int index, Duration timeLimit) throws RenderException, InterruptedException;
  }

  private record SingleJob(RenderJob job) implements LayoutJobs {

    @Override
    public int size() {
      return 1;
    }

    @Override
    public RenderJob job(int index, Duration timeLimit) {
      return job;
    }
  }

  /** A template with one sheet for each set of variables. */
  private record TemplateJobs(
      TemplateRenderer rendering,
      TemplateVersion version,
      RenderOptions options,
      String layout,
      List<JsonNode> variableSets)
      implements LayoutJobs {

    @Override
    public int size() {
      return variableSets.size();
    }

    @Override
    public RenderJob job(int index, Duration timeLimit)
        throws RenderException, InterruptedException {
      return RenderJobs.toJob(
          rendering.html(version, layout, variableSets.get(index), timeLimit), options);
    }
  }

  /** Returns the sheets that become the file of one layout. */
  LayoutJobs create(JsonNode input, RenderOptions options, String layout) throws RenderException {
    if (options.template().isPresent()) {
      TemplateVersion version = version(options.template().get());
      return new TemplateJobs(rendering, version, options, layout, variableSets(input));
    }
    RenderSource content =
        input.has("html")
            ? new RenderSource.InlineHtml(input.path("html").asString(""))
            : new RenderSource.PageUrl(input.path("url").asString(""));
    return new SingleJob(new RenderJob(layout, "Default", content, options.size().viewport()));
  }

  private static List<JsonNode> variableSets(JsonNode input) {
    return input.has("variable_sets")
        ? input.path("variable_sets").valueStream().toList()
        : List.of(input.path("variables"));
  }

  private static RenderJob toJob(TemplateResult rendered, RenderOptions options)
      throws RenderException {
    return switch (rendered) {
      case HtmlPage html -> htmlJob(html, options);
      case TemplateResult.MissingVariable missing ->
          throw failure(RenderErrorCode.MISSING_VARIABLE, missing);
      case TemplateResult.InvalidVariable invalid ->
          throw failure(RenderErrorCode.INVALID_VARIABLE, invalid);
      case TemplateResult.ExpressionError error ->
          throw failure(RenderErrorCode.EXPRESSION_ERROR, error);
      case TemplateResult.TooLarge tooLarge -> throw failure(RenderErrorCode.TOO_LARGE, tooLarge);
      case TemplateResult.UnknownLayout unknown ->
          throw failure(RenderErrorCode.UNKNOWN_LAYOUT, unknown);
    };
  }

  private static RenderException failure(
      RenderErrorCode code, TemplateResult.TemplateProblem problem) {
    return RenderException.permanent(code, problem.message());
  }

  private static RenderJob htmlJob(HtmlPage html, RenderOptions options) throws RenderException {
    if (html.html().length() > InputValidator.MAX_HTML) {
      throw RenderException.permanent(
          RenderErrorCode.TOO_LARGE,
          "the rendered template has more than " + InputValidator.MAX_HTML + " characters");
    }
    Viewport size = options.size().withDefaults(html.width(), html.height());
    Optional<String> objection = options.sizeViolation(size.width(), size.height());
    if (objection.isPresent()) {
      throw RenderException.permanent(RenderErrorCode.TOO_LARGE, objection.get());
    }
    return new RenderJob(
        html.layout(), html.name(), new RenderSource.InlineHtml(html.html()), size);
  }

  private TemplateVersion version(PinnedTemplate pinned) throws RenderException {
    TemplateVersion cached = versionCache.getIfPresent(pinned);
    if (cached != null) {
      return cached;
    }
    TemplateVersion version =
        templates
            .version(pinned.account(), pinned.template(), pinned.version())
            .orElseThrow(() ->
                RenderException.permanent(
                    RenderErrorCode.TEMPLATE_NOT_FOUND, "the template does not exist any more"));
    versionCache.put(pinned, version);
    return version;
  }
}
