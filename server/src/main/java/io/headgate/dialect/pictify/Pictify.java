package io.headgate.dialect.pictify;

import io.headgate.access.Manners;
import io.headgate.artifact.Artifacts;
import io.headgate.artifact.ArtifactLinks;
import io.headgate.dialect.Dialect;
import io.headgate.dialect.NativeVerbs;
import io.headgate.http.Answer;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.outbound.Outbound;
import io.headgate.template.Templates;
import io.headgate.webhook.Endpoint;
import io.headgate.webhook.Endpoints;
import io.headgate.webhook.Format;
import java.time.InstantSource;
import java.util.List;

/** The dialect {@code pictify}: renders templates to images, in batches and one by one. */
public final class Pictify implements Dialect {

  static final String NAME = "pictify";

  private final NativeVerbs verbs;
  private final Templates templates;
  private final Endpoints endpoints;
  private final Artifacts artifacts;
  private final PictureLinks links;
  private final CsvFiles csv;
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
    this.links = new PictureLinks(links, clock);
    this.csv = new CsvFiles(artifacts, links, outbound, clock);
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Operation> operations() {
    Renders renders = new Renders(verbs.run(NAME), links);
    TemplateDoor byUid = new TemplateDoor(templates);
    Subscriptions subscriptions = new Subscriptions(endpoints);
    return List.of(
        new StartBatch(byUid, verbs.submit(), csv),
        new UploadCsv(csv),
        new ShowResults(verbs.batches(NAME), links),
        new CancelBatch(verbs.cancel(NAME)),
        new CreateTemplate(byUid),
        new ListTemplates(byUid),
        new ShowTemplate(byUid),
        new ChangeTemplate(byUid),
        new DeleteTemplate(byUid),
        new ListVariables(byUid),
        new RenderTemplate(byUid, renders, clock),
        new RenderImage(byUid, renders, clock),
        new RenderGif("/gif", byUid, renders),
        new RenderGif("/gif/capture", byUid, renders),
        new ShowGif(artifacts, links),
        new RenderPdf(byUid, renders),
        new RenderPages(byUid, renders),
        new ListPdfPresets(),
        new CreateSubscription(subscriptions),
        new ListSubscriptions(subscriptions),
        new ShowSubscriptionStats(subscriptions),
        new ShowSubscription(subscriptions),
        new ChangeSubscription(subscriptions),
        new DeleteSubscription(subscriptions),
        new SwitchSubscription(subscriptions, "pause", Endpoint.State.PAUSED),
        new SwitchSubscription(subscriptions, "resume", Endpoint.State.ACTIVE),
        new CheckKey());
  }

  @Override
  public List<Format> formats() {
    return List.of(new PictifyEvents(verbs.batches(NAME), links));
  }

  @Override
  public List<String> prefixes() {
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
  public Problem nothing(String path) {
    return PictifyErrors.nothing(path);
  }

  @Override
  public Manners manners() {
    return new PictifyManners(clock);
  }

  @Override
  public Answer refusal(Problem problem) {
    return PictifyErrors.answer(problem);
  }
}
