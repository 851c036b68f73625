package io.headgate.template;

import io.headgate.template.expression.ExpressionSyntax;
import java.util.List;

/** A template that can be rendered any number of times, by many threads at once. */
record CompiledTemplate(ExpressionSyntax syntax, List<TemplateNode> nodes) {}
