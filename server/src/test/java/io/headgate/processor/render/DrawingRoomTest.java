package io.headgate.processor.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DrawingRoomTest {

  @Test
  @Timeout(20)
  void a_drawing_that_was_given_up_before_it_began_leaves_its_room_to_the_next() throws Exception {
    DrawingRoom room = new DrawingRoom(10);
    FutureTask<String> givenUp = new FutureTask<>(() -> "never");
    givenUp.cancel(true);
    room.start(givenUp, 10);
    FutureTask<String> next = new FutureTask<>(() -> "drawn");
    room.start(next, 10);
    assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo("drawn");
  }

  @Test
  @Timeout(20)
  void a_drawing_that_fails_leaves_its_room_to_the_next() throws Exception {
    DrawingRoom room = new DrawingRoom(10);
    room.start(
        new FutureTask<>(() -> {
          throw new IllegalStateException("it went wrong");
        }),
        10);
    FutureTask<String> next = new FutureTask<>(() -> "drawn");
    room.start(next, 10);
    assertThat(next.get(10, TimeUnit.SECONDS)).isEqualTo("drawn");
  }
}
