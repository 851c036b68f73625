/** The contract of processors, which run items, and the registry of this server. */
@NullMarked
package io.headgate.processor;

import org.jspecify.annotations.NullMarked;
