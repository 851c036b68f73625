package io.headgate.dialect.pictify;

import io.headgate.access.AuthScheme;
import io.headgate.artifact.ArtifactLinks;
import io.headgate.artifact.Artifacts;
import io.headgate.dialect.Dialect;
import io.headgate.dialect.NativeVerbs;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.outbound.Outbound;
import io.headgate.template.Templates;
import io.headgate.webhook.Endpoint;
import io.headgate.webhook.Endpoints;
import io.headgate.webhook.WebhookFormat;
import java.time.InstantSource;
import java.util.List;

/** The dialect {@code pictify}: renders templates to images, in batches and one by one. */
public final class Pictify implements Dialect {

  static final String NAME = "pictify";

  private final NativeVerbs verbs;
  private final Templates templates;
  private final Endpoints endpoints;
  private final Artifacts artifacts;
  private final PictifyImageLinks links;
  private final CsvFileStore csv;
  private final InstantSource clock;

  public Pictify(
      NativeVerbs verbs,
      Templates templates,
      Endpoints endpoints,
      Artifacts artifacts,
      ArtifactLinks links,
      Outbound outbound,
      InstantSource clock) {
    this.verbs = verbs;
    this.templates = templates;
    this.endpoints = endpoints;
    this.artifacts = artifacts;
    this.links = new PictifyImageLinks(links, clock);
    this.csv = new CsvFileStore(artifacts, links, outbound, clock);
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Operation> operations() {
    PictifySingleRenders renders = new PictifySingleRenders(verbs.run(NAME), links);
    PictifyTemplates byUid = new PictifyTemplates(templates);
    PictifySubscriptions subscriptions = new PictifySubscriptions(endpoints);
    return List.of(
        new PictifyStartBatch(byUid, verbs.submit(), csv),
        new PictifyUploadCsv(csv),
        new PictifyShowResults(verbs.batches(NAME), links),
        new PictifyCancelBatch(verbs.cancel(NAME)),
        new PictifyCreateTemplate(byUid),
        new PictifyListTemplates(byUid),
        new PictifyShowTemplate(byUid),
        new PictifyChangeTemplate(byUid),
        new PictifyDeleteTemplate(byUid),
        new PictifyListVariables(byUid),
        new PictifyRenderTemplate(byUid, renders, clock),
        new PictifyRenderImage(byUid, renders, clock),
        new PictifyRenderGif("/gif", byUid, renders),
        new PictifyRenderGif("/gif/capture", byUid, renders),
        new PictifyShowGif(artifacts, links),
        new PictifyRenderPdf(byUid, renders),
        new PictifyRenderPages(byUid, renders),
        new PictifyListPdfPresets(),
        new PictifyCreateSubscription(subscriptions),
        new PictifyListSubscriptions(subscriptions),
        new PictifyShowSubscriptionStats(subscriptions),
        new PictifyShowSubscription(subscriptions),
        new PictifyChangeSubscription(subscriptions),
        new PictifyDeleteSubscription(subscriptions),
        new PictifySwitchSubscription(subscriptions, "pause", Endpoint.EndpointState.PAUSED),
        new PictifySwitchSubscription(subscriptions, "resume", Endpoint.EndpointState.ACTIVE),
        new PictifyCheckKey());
  }

  @Override
  public List<WebhookFormat> webhookFormats() {
    return List.of(new PictifyWebhookFormat(verbs.batches(NAME), links));
  }

  @Override
  public List<String> pathPrefixes() {
    return List.of(
        "/templates",
        "/webhook-subscriptions",
        "/image",
        "/gif",
        "/pdf",
        "/bindings",
        "/experiments",
        "/video/templates");
  }

  @Override
  public Problem unservedPath(String path) {
    return PictifyErrors.unservedPath(path);
  }

  @Override
  public AuthScheme authScheme() {
    return new PictifyAuthScheme(clock);
  }

  @Override
  public ApiResponse errorResponse(Problem problem) {
    return PictifyErrors.answer(problem);
  }
}
