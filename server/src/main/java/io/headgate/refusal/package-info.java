/** What the rooms below refuse, said as problems: shared by the native API and every dialect. */
@NullMarked
package io.headgate.refusal;

import org.jspecify.annotations.NullMarked;
