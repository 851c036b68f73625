/** One node of the cluster: slots, attempts, loops, heartbeat and maintenance. */
@NullMarked
package io.headgate.node;

import org.jspecify.annotations.NullMarked;
