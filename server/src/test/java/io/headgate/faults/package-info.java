/** Tests with server processes that are killed, suspended and disconnected. */
@org.jspecify.annotations.NullMarked
package io.headgate.faults;
