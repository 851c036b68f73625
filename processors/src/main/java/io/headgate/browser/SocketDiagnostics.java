package io.headgate.browser;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;

/**
 * Queries the Linux kernel for one TCP connection: sock_diag(7) over netlink(7). This looks up a
 * single entry, while {@code /proc/net/tcp} lists the whole table; reading that for each connection
 * cost more than all other work for it.
 */
final class SocketDiagnostics {

  private static final int NETLINK = 16;
  private static final int RAW = 3;
  private static final int SOCK_DIAG = 4;
  private static final int DO_NOT_WAIT = 0x40;

  private static final short SOCK_DIAG_BY_FAMILY = 20;
  private static final short REQUEST_FLAG = 1;
  private static final byte INET = 2;
  private static final byte TCP = 6;
  private static final int ANY = -1;
  private static final int LOOPBACK = 0x7F000001;

  private static final int REQUEST_BYTES = 72;
  private static final int RESPONSE_BYTES = 4_096;
  private static final int TYPE = 4;
  private static final int USER = 80;

  private static final MethodHandle OPEN =
      function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
  private static final MethodHandle SEND =
      function("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle RECEIVE =
      function("recv", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle CLOSE = function("close", JAVA_INT, JAVA_INT);

  private SocketDiagnostics() {}

  /**
   * The id of the user who owns the socket with port {@code local} of the connection on 127.0.0.1
   * to port {@code remote}.
   *
   * @return empty when there is no such connection, or the kernel does not support the request
   */
  static OptionalInt userOf(int local, int remote) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocate(REQUEST_BYTES);
      write(buffer(request), local, remote);
      MemorySegment response = arena.allocate(RESPONSE_BYTES);
      return sendAndReceive(request, response) > USER
          ? user(buffer(response))
          : OptionalInt.empty();
    } catch (Throwable e) {
      throw new LinkageError("a call to the C library failed", e);
    }
  }

  private static long sendAndReceive(MemorySegment request, MemorySegment response)
      throws Throwable {
    int socket = (int) OPEN.invokeExact(NETLINK, RAW, SOCK_DIAG);
    try {
      long sent = (long) SEND.invokeExact(socket, request, request.byteSize(), 0);
      return sent < 0
          ? sent
          : (long) RECEIVE.invokeExact(socket, response, response.byteSize(), DO_NOT_WAIT);
    } finally {
      int _ = (int) CLOSE.invokeExact(socket);
    }
  }

  /** A struct nlmsghdr, then a struct inet_diag_req_v2. */
  private static void write(ByteBuffer request, int local, int remote) {
    request
        .putInt(REQUEST_BYTES)
        .putShort(SOCK_DIAG_BY_FAMILY)
        .putShort(REQUEST_FLAG)
        .putInt(0)
        .putInt(0);
    request.put(INET).put(TCP).putShort((short) 0).putInt(ANY);
    request.order(ByteOrder.BIG_ENDIAN).putShort((short) local).putShort((short) remote);
    putAddress(request);
    putAddress(request);
    request.putInt(0).putInt(ANY).putInt(ANY);
  }

  /** The field has the size of an IPv6 address. */
  private static void putAddress(ByteBuffer request) {
    request.putInt(LOOPBACK).putInt(0).putLong(0);
  }

  /** Reads a struct nlmsghdr and a struct inet_diag_msg; an error has another type. */
  private static OptionalInt user(ByteBuffer response) {
    return response.getShort(TYPE) == SOCK_DIAG_BY_FAMILY
        ? OptionalInt.of(response.getInt(USER))
        : OptionalInt.empty();
  }

  private static ByteBuffer buffer(MemorySegment segment) {
    return segment.asByteBuffer().order(ByteOrder.nativeOrder());
  }

  @SuppressWarnings("restricted") // the four functions are called as the C library declares them
  private static MethodHandle function(
      String name, MemoryLayout result, MemoryLayout... parameters) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, parameters));
  }
}
