/** Real processes that are killed, frozen and cut off, and the history their work is held to. */
@org.jspecify.annotations.NullMarked
package io.headgate.faults;
