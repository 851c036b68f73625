/** Operations on accounts, keys, credits, processors, nodes and audits, and the probes. */
@NullMarked
package io.headgate.api.admin;

import org.jspecify.annotations.NullMarked;
