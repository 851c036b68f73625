/** The expressions of templates: parsed once and evaluated on JSON, without any other access. */
@NullMarked
package io.headgate.template.expression;

import org.jspecify.annotations.NullMarked;
