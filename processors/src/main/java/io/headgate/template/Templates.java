package io.headgate.template;

import io.headgate.batch.Ids;
import io.headgate.batch.Violation;
import io.headgate.db.Database;
import io.headgate.db.Tx;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The templates of all accounts. Every change that affects a render creates a new version. Versions
 * are immutable and stay readable as long as a batch needs them, even after their template was
 * deleted, so a batch always renders the version it was submitted with. Templates of other accounts
 * are reported as unknown. Safe for use by many threads.
 */
public final class Templates {

  /** The order of a list of templates. */
  public enum TemplateOrder {
    NEWEST,
    OLDEST,
    NAME
  }

  /** A request for a page of a list, by its offset. */
  public record TemplatePageRequest(
      TemplateOrder sort, Optional<OutputFormat> format, int limit, long skip) {}

  /**
   * @param total the number of templates on all pages
   */
  public record TemplatePage(List<TemplateHead> templates, long total) {}

  /** A version without its HTML. */
  public record VersionHead(
      int version, OutputFormat outputFormat, int width, int height, Instant createdAt) {}

  /** The default limit of templates per account. */
  public static final int DEFAULT_LIMIT = 1_000;

  /** The newest versions of a template that are kept, whether a batch needs them or not. */
  static final int MAX_VERSIONS_KEPT = 20;

  /** The longest time between a submit's lookup of a template and the end of that submit. */
  static final Duration MAX_SUBMIT_TIME = Duration.ofHours(1);

  private static final Pattern UID = Pattern.compile("[0-9A-Z]{10}");
  private static final String UID_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private final Database database;
  private final InstantSource clock;
  private final int limit;
  private final SecureRandom random = new SecureRandom();
  private final TemplateRenderer renderer = new TemplateRenderer();

  /**
   * @param limit templates an account may have at a time
   */
  public Templates(Database database, InstantSource clock, int limit) {
    this.database = database;
    this.clock = clock;
    this.limit = limit;
  }

  /** The renderer of these templates. */
  public TemplateRenderer renderer() {
    return renderer;
  }

  /**
   * Stores a new template with its first version.
   *
   * @param alongside runs in the same transaction, last
   */
  public SaveResult create(UUID account, TemplateDraft draft, BiConsumer<Tx, Template> alongside) {
    List<Violation> violations = DraftValidator.violations(draft);
    if (!violations.isEmpty()) {
      return new SaveResult.Invalid(violations);
    }
    // Before the transaction begins: large templates take longer than a transaction may idle.
    List<Variable> variables = VariableFinder.variables(draft.content());
    return database.inTransaction(tx -> {
      if (TemplateStore.countLocked(tx, account) >= limit) {
        return new SaveResult.TooMany(limit);
      }
      Template stored = insert(tx, account, draft, variables);
      alongside.accept(tx, stored);
      return new SaveResult.Done(stored);
    });
  }

  private Template insert(Tx tx, UUID account, TemplateDraft draft, List<Variable> variables) {
    Instant now = clock.instant();
    UUID id = Ids.next();
    String uid = uid();
    while (!TemplateStore.insertIfUidIsFree(
        tx, new TemplateStore.NewTemplate(id, uid, account, draft.labels(), now))) {
      uid = uid();
    }
    NewVersion first = new NewVersion(id, uid, 1);
    TemplateStore.insertVersion(tx, first.version(draft.content(), variables, now));
    return TemplateStore.findIfNotDeleted(tx, account, id, null).orElseThrow();
  }

  private record NewVersion(UUID id, String uid, int number) {
    TemplateVersion version(TemplateContent content, List<Variable> variables, Instant now) {
      return new TemplateVersion(
          id,
          uid,
          number,
          content.engine(),
          content.outputFormat(),
          content.width(),
          content.height(),
          content.html(),
          content.layouts(),
          variables,
          now);
    }
  }

  /**
   * Changes a template. Variables in the HTML are found again; the draft that {@code change} gets
   * holds only the declared variables.
   *
   * @param change called again when the template was changed concurrently
   */
  public SaveResult update(UUID account, UUID id, UnaryOperator<TemplateDraft> change) {
    Optional<SaveResult> saved = Optional.empty();
    while (saved.isEmpty()) {
      Optional<Template> before = find(account, id.toString());
      if (before.isEmpty()) {
        return new SaveResult.NoSuchTemplate();
      }
      TemplateContent content = TemplateContent.of(before.get().version());
      TemplateDraft draft = change.apply(new TemplateDraft(before.get().head().labels(), content));
      List<Violation> violations = DraftValidator.violations(draft);
      if (!violations.isEmpty()) {
        return new SaveResult.Invalid(violations);
      }
      List<Variable> variables = VariableFinder.variables(draft.content());
      saved =
          database.inTransaction(
              tx -> updateIfUnchanged(tx, account, before.get(), draft, variables));
    }
    return saved.get();
  }

  /** Empty when the template was changed since {@code before} was read. */
  private Optional<SaveResult> updateIfUnchanged(
      Tx tx, UUID account, Template before, TemplateDraft draft, List<Variable> variables) {
    UUID id = before.head().id();
    if (!TemplateStore.lockIfNotDeleted(tx, account, id)) {
      return Optional.of(new SaveResult.NoSuchTemplate());
    }
    if (!TemplateStore.findIfNotDeleted(tx, account, id, null).equals(Optional.of(before))) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    int number = before.head().version();
    if (!draft.content().equals(TemplateContent.of(before.version()))) {
      number++;
      NewVersion next = new NewVersion(id, before.head().uid(), number);
      TemplateStore.insertVersion(tx, next.version(draft.content(), variables, now));
    }
    TemplateStore.updateLabels(tx, id, draft.labels(), number, now);
    return Optional.of(
        new SaveResult.Done(TemplateStore.findIfNotDeleted(tx, account, id, null).orElseThrow()));
  }

  /** Deletes a template; its versions can still be rendered. False when it is unknown. */
  public boolean delete(UUID account, UUID id) {
    return database.inTransaction(
        tx -> TemplateStore.deleteIfNotDeleted(tx, account, id, clock.instant()));
  }

  /**
   * Finds a template by its id or its short name.
   *
   * @param name any text; a text that is neither is unknown
   */
  public Optional<Template> find(UUID account, String name) {
    Optional<UUID> id = Ids.parse(name);
    // The query runs in any case, so that a malformed name takes as long as an unknown one.
    UUID requested = id.orElse(Ids.NIL);
    String uid = UID.matcher(name).matches() ? name : "";
    return database.read(tx -> TemplateStore.findIfNotDeleted(tx, account, requested, uid));
  }

  /** Finds a version, including replaced versions and versions of deleted templates. */
  public Optional<TemplateVersion> version(UUID account, UUID template, int version) {
    return database.read(tx -> TemplateStore.versionEvenIfDeleted(tx, account, template, version));
  }

  /**
   * Deletes versions that are neither among the newest of their template nor used by a stored
   * batch, and the unused versions of deleted templates. Maintenance calls it periodically.
   *
   * @return the number of deleted versions
   */
  public int deleteUnusedVersions() {
    Instant now = clock.instant();
    return database.inTransaction(tx ->
        TemplateStore.deleteVersionsUnlessPinned(
            tx, MAX_VERSIONS_KEPT, now.minus(MAX_SUBMIT_TIME), now));
  }

  /** Templates, newest first, those below {@code before}. */
  public List<TemplateHead> list(UUID account, UUID before, int rows) {
    return database.read(tx -> TemplateRows.headsBefore(tx, account, before, rows));
  }

  /** A page of templates by offset. Changes between two calls shift the pages. */
  public TemplatePage page(UUID account, TemplatePageRequest request) {
    return database.inSnapshot(tx ->
        new TemplatePage(
            TemplateRows.headsOfPage(tx, account, request),
            TemplateRows.countOfFormat(tx, account, request.format())));
  }

  /** The versions of a template, newest first, those below {@code before}. */
  public List<VersionHead> versions(UUID account, UUID template, int before, int rows) {
    return database.read(tx -> TemplateRows.versionsBefore(tx, account, template, before, rows));
  }

  private String uid() {
    StringBuilder uid = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      uid.append(UID_LETTERS.charAt(random.nextInt(UID_LETTERS.length())));
    }
    return uid.toString();
  }
}
