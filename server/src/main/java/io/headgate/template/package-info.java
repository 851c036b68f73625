/** Templates: kept in versions, their variables, and the way from both to finished HTML. */
@NullMarked
package io.headgate.template;

import org.jspecify.annotations.NullMarked;
