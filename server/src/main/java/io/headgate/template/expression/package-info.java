/** The expressions of templates: parsed once, evaluated on JSON, without a way to anything else. */
@NullMarked
package io.headgate.template.expression;

import org.jspecify.annotations.NullMarked;
