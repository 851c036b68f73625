package io.headgate.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client of Headgate's native API with one method per call.
 *
 * <p>Every method throws {@link HeadgateException} when the server refuses the call and {@link
 * UnreachableException} when there is no response. Safe for use by many threads.
 */
public final class HeadgateClient extends BatchCalls implements AutoCloseable {

  private static final String TEMPLATES = "/v1/templates";

  private final Transport transport;

  private HeadgateClient(Transport transport) {
    super(transport);
    this.transport = transport;
  }

  /**
   * Creates a client. It opens connections when they are needed.
   *
   * @param url the URL of the server, such as {@code http://127.0.0.1:8080}
   * @param key the API key; null to send none
   */
  public static HeadgateClient at(URI url, @Nullable String key) {
    return new HeadgateClient(Transport.to(url, key));
  }

  /**
   * Returns a client that sends this idempotency key with every POST and shares the connections of
   * this client. A repeat of the same call within 24 hours returns the first response and has no
   * second effect.
   */
  public HeadgateClient withIdempotencyKey(String key) {
    return new HeadgateClient(transport.withIdempotencyKey(key));
  }

  // Templates. Their ids are ids or uids.

  /** Lists templates, newest first, without their HTML. */
  public Response<Page<Template>> templates(PageRequest page) {
    return transport.getPage(Query.on(TEMPLATES).with(page), Template.class);
  }

  /** Returns a template with its HTML. */
  public Response<Template> template(String id) {
    return transport.get(templateUrl(id, ""), Json.type(Template.class));
  }

  /** Creates a template. */
  public Response<Template> createTemplate(NewTemplate template) {
    return transport.post(Query.on(TEMPLATES), template, Json.type(Template.class));
  }

  /**
   * Replaces the content of a template. The version increases when the change affects rendering.
   */
  public Response<Template> replaceTemplate(String id, NewTemplate template) {
    return transport.put(templateUrl(id, ""), template, Json.type(Template.class));
  }

  /** Deletes a template. Batches that were submitted with it still render. */
  public void deleteTemplate(String id) {
    transport.delete(templateUrl(id, ""));
  }

  /** Lists the versions of a template. */
  public Response<Page<TemplateVersion>> templateVersions(String id, PageRequest page) {
    return transport.getPage(templateUrl(id, "/versions").with(page), TemplateVersion.class);
  }

  /** Returns the variables that a template accepts. */
  public Response<TemplateVariables> templateVariables(String id) {
    return transport.get(templateUrl(id, "/variables"), Json.type(TemplateVariables.class));
  }

  /** Returns the HTML of a template with its variables filled in. Stores and charges nothing. */
  public String previewTemplate(String id, TemplatePreview preview) {
    return transport.postForText(templateUrl(id, "/preview"), preview);
  }

  private static Query templateUrl(String id, String suffix) {
    return Query.on(TEMPLATES + "/" + Query.encode(id) + suffix);
  }

  // Accounts and keys

  /** Returns the account of the key in use. */
  public Response<Account> account() {
    return transport.get(Query.on("/v1/account"), Json.type(Account.class));
  }

  /** Lists the credit journal of the account of the key in use. */
  public Response<Page<JournalEntry>> journal(PageRequest page) {
    return transport.getPage(Query.on("/v1/account/journal").with(page), JournalEntry.class);
  }

  /** Lists all accounts. Requires the scope {@code admin}. */
  public Response<Page<Account>> accounts(PageRequest page) {
    return transport.getPage(Query.on("/v1/accounts").with(page), Account.class);
  }

  /**
   * Creates an account. Requires the scope {@code admin}.
   *
   * @param creditLimit the most the account may spend; null for no limit
   */
  public Response<Account> createAccount(String name, @Nullable Long creditLimit) {
    return transport.post(
        Query.on("/v1/accounts"),
        new NewAccount(name, new CreditLimit(creditLimit)),
        Json.type(Account.class));
  }

  /** Grants credits to an account. Requires the scope {@code admin}. */
  public Response<Account> grant(String accountId, long credits) {
    Query url = Query.on("/v1/accounts/" + Query.encode(accountId) + "/grants");
    return transport.post(url, Map.of("credits", credits), Json.type(Account.class));
  }

  /** Lists API keys, without their secrets. */
  public Response<Page<Key>> keys(PageRequest page) {
    return transport.getPage(Query.on("/v1/keys").with(page), Key.class);
  }

  /** Creates an API key. Only this response contains the secret. */
  public Response<Key> createKey(NewKey key) {
    return transport.post(Query.on("/v1/keys"), key, Json.type(Key.class));
  }

  /** Revokes an API key at once. */
  public void revokeKey(String id) {
    transport.delete(Query.on("/v1/keys/" + Query.encode(id)));
  }

  // The server

  /** Returns the webhook calls, on the same connections. */
  public Webhooks webhooks() {
    return new Webhooks(transport);
  }

  /** Audits all batches of all accounts. Requires the scope {@code admin}. */
  public Response<Audit> audit() {
    return transport.get(Query.on("/v1/audit"), Json.type(Audit.class));
  }

  /** Lists the processors of the server. */
  public Response<Page<ProcessorInfo>> processors() {
    return transport.getPage(Query.on("/v1/processors"), ProcessorInfo.class);
  }

  /** Lists the nodes of the cluster. */
  public Response<Page<Node>> nodes() {
    return transport.getPage(Query.on("/v1/nodes"), Node.class);
  }

  /**
   * Sends what a remote worker finished and returns the items it may start. Returns at once when
   * there are any, else after {@link WorkerExchange#waitSeconds} at the latest.
   */
  public Response<WorkerExchange.ExchangeResponse> exchange(WorkerExchange request) {
    return transport.post(
        Query.on("/v1/workers/exchange"),
        request,
        Json.type(WorkerExchange.ExchangeResponse.class));
  }

  /** Returns any other resource as text, such as {@code /openapi.yaml} or {@code /metrics}. */
  public String text(String path) {
    try (InputStream body = transport.open(Query.on(path), "*/*", List.of())) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UnreachableException(transport.base(), e);
    }
  }

  /** Closes all connections, also those of clients made by {@link #withIdempotencyKey}. */
  @Override
  public void close() {
    transport.http().shutdownNow();
  }

  private record NewAccount(String name, CreditLimit credits) {}

  private record CreditLimit(@Nullable Long limit) {}
}
