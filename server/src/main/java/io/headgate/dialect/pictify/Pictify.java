package io.headgate.dialect.pictify;

import io.headgate.access.Manners;
import io.headgate.dialect.Dialect;
import io.headgate.dialect.House;
import io.headgate.dialect.NativeDoor;
import io.headgate.http.Answer;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.webhook.Endpoint;
import io.headgate.webhook.Format;
import java.util.List;

/** The dialect {@code pictify}: pictures of templates, singly and in batches. */
public final class Pictify implements Dialect {

  static final String NAME = "pictify";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<Operation> operations(House house) {
    NativeDoor door = new NativeDoor(house, NAME);
    PictureLinks links = new PictureLinks(house.links(), house.clock());
    Renders renders = new Renders(door, links);
    CsvFiles csv = CsvFiles.of(house);
    TemplateDoor templates = new TemplateDoor(house.templates());
    Subscriptions subscriptions = new Subscriptions(house.endpoints());
    return List.of(
        new StartBatch(templates, door, csv),
        new UploadCsv(csv),
        new ShowResults(door, links),
        new CancelBatch(door),
        new CreateTemplate(templates),
        new ListTemplates(templates),
        new ShowTemplate(templates),
        new ChangeTemplate(templates),
        new DeleteTemplate(templates),
        new ListVariables(templates),
        new RenderTemplate(templates, renders, house.clock()),
        new RenderImage(templates, renders, house.clock()),
        new RenderGif("/gif", templates, renders),
        new RenderGif("/gif/capture", templates, renders),
        new ShowGif(house.artifacts(), links),
        new RenderPdf(templates, renders),
        new RenderPages(templates, renders),
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
  public List<Format> formats(House house) {
    return List.of(
        new PictifyEvents(house.items(), new PictureLinks(house.links(), house.clock())));
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
  public Manners manners(House house) {
    return new PictifyManners(house.clock());
  }

  @Override
  public Answer refusal(Problem problem) {
    return PictifyErrors.answer(problem);
  }
}
