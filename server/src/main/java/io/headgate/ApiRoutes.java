package io.headgate;

import io.headgate.access.AccessFilter;
import io.headgate.access.SharedApiSecret;
import io.headgate.api.batch.ChangeNotifier;
import io.headgate.api.admin.AdminOperations;
import io.headgate.api.template.TemplateOperations;
import io.headgate.api.webhook.WebhookOperations;
import io.headgate.dialect.Dialect;
import io.headgate.dialect.DialectApis;
import io.headgate.http.PageCursors;
import io.headgate.http.Api;
import io.headgate.http.Operation;
import java.util.ArrayList;
import java.util.List;

/** Every API at its paths: the native one, and a line for each dialect. */
final class ApiRoutes {

  private ApiRoutes() {}

  /**
   * @param more operations of the native API that need rooms of their own
   */
  static List<Api> of(
      Rooms rooms,
      AccessFilter gate,
      AdminOperations.Probes probes,
      ChangeNotifier bell,
      List<Operation> more) {
    List<Operation> ofNative = new ArrayList<>(more);
    PageCursors cursors = new PageCursors(SharedApiSecret.of(rooms.database(), "cursors"));
    ofNative.addAll(
        AdminOperations.of(
            new AdminOperations.AccountServices(
                rooms.database(), rooms.clock(), rooms.accounts(), rooms.keys(), cursors),
            rooms.processors(),
            probes));
    ofNative.addAll(NativeBatchApi.operations(rooms, cursors, bell));
    ofNative.addAll(TemplateOperations.of(rooms.templates(), cursors));
    ofNative.addAll(
        WebhookOperations.of(rooms.webhooks().endpoints(), rooms.webhooks().deliveries(), cursors));
    List<Dialect> dialects = DialectModule.dialects(rooms, bell::await);
    dialects.forEach(dialect -> dialect.webhookFormats().forEach(rooms.webhooks()::add));
    List<Api> doors = new ArrayList<>(DialectApis.apis(dialects, gate));
    doors.add(Api.ofNative(ofNative, gate));
    return doors;
  }
}
