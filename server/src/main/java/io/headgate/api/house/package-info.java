/** Operations on what all batches share: accounts, keys, credits, nodes, the audit, probes. */
@NullMarked
package io.headgate.api.house;

import org.jspecify.annotations.NullMarked;
