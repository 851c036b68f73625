package io.headgate;

import io.headgate.access.AccessGate;
import io.headgate.access.HouseSecret;
import io.headgate.api.batch.Bell;
import io.headgate.api.house.HouseOperations;
import io.headgate.api.template.TemplateOperations;
import io.headgate.api.webhook.WebhookOperations;
import io.headgate.dialect.Dialect;
import io.headgate.dialect.Dialects;
import io.headgate.dialect.House;
import io.headgate.dialect.pictify.Pictify;
import io.headgate.dialect.spidra.Spidra;
import io.headgate.engine.Confided;
import io.headgate.http.Cursors;
import io.headgate.http.Door;
import io.headgate.http.Operation;
import io.headgate.view.Batches;
import io.headgate.view.Items;
import io.headgate.view.Usage;
import java.util.ArrayList;
import java.util.List;

/** Every API at its paths: the native one, and a line for each dialect. */
final class Doors {

  private static final List<Dialect> DIALECTS = List.of(new Spidra(), new Pictify());

  private Doors() {}

  /**
   * @param more operations of the native API that need rooms of their own
   */
  static List<Door> of(
      Rooms rooms,
      AccessGate gate,
      HouseOperations.Probes probes,
      Bell bell,
      List<Operation> more) {
    List<Operation> ofNative = new ArrayList<>(more);
    Cursors cursors = new Cursors(HouseSecret.of(rooms.database(), "cursors"));
    ofNative.addAll(
        HouseOperations.of(
            new HouseOperations.House(
                rooms.database(), rooms.clock(), rooms.accounts(), rooms.keys(), cursors),
            rooms.processors(),
            probes));
    ofNative.addAll(NativeBatchApi.operations(rooms, cursors, bell));
    ofNative.addAll(TemplateOperations.of(rooms.templates(), cursors));
    ofNative.addAll(
        WebhookOperations.of(rooms.webhooks().endpoints(), rooms.webhooks().deliveries(), cursors));
    House house = house(rooms, bell);
    DIALECTS.forEach(dialect -> dialect.formats(house).forEach(rooms.webhooks()::add));
    List<Door> doors = new ArrayList<>(Dialects.doors(DIALECTS, house, gate));
    doors.add(Door.ofNative(ofNative, gate));
    return doors;
  }

  private static House house(Rooms rooms, Bell bell) {
    return new House(
        rooms.intake(),
        rooms.engine(),
        rooms.processors(),
        new Batches(rooms.database(), rooms.clock()),
        new Items(rooms.database(), rooms.clock(), rooms.progress()),
        rooms.templates(),
        rooms.webhooks().endpoints(),
        rooms.webhooks().deliveries(),
        new Usage(rooms.database()),
        rooms.outbound(),
        Confided.of(rooms.database()),
        bell::await,
        rooms.artifacts(),
        rooms.links(),
        rooms.clock());
  }
}
