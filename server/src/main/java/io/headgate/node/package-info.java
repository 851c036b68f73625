/** One node of the cluster: its slots, its loops, its heartbeat. */
@NullMarked
package io.headgate.node;

import org.jspecify.annotations.NullMarked;
