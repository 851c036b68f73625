package io.headgate.template;

import io.headgate.template.expression.Expression;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Writes the nodes of a template. Used by one thread for one render. */
final class NodeWriter {

  /** Turns a value into the characters that are written. */
  @FunctionalInterface
  interface ValueFormat {
    String format(TemplateNode.Value node, JsonNode value);
  }

  private final RenderContext context;
  private final OutputBuffer output;
  private final ValueFormat format;

  NodeWriter(RenderContext context, OutputBuffer output, ValueFormat format) {
    this.context = context;
    this.output = output;
    this.format = format;
  }

  void write(List<TemplateNode> nodes) {
    for (TemplateNode node : nodes) {
      context.step();
      switch (node) {
        case TemplateNode.Text(String text) -> output.append(text);
        case TemplateNode.Value value -> output.append(format.format(value, context.value(value)));
        case TemplateNode.Block block -> write(block);
      }
    }
  }

  private void write(TemplateNode.Block block) {
    JsonNode value = context.condition(block);
    boolean truth = Expression.truth(value);
    switch (block.kind()) {
      case IF -> write(truth ? block.body() : block.otherwise());
      case UNLESS -> write(truth ? block.otherwise() : block.body());
      case EACH -> each(block, value, block.body(), block.otherwise());
      case WITH -> with(block, value, block.body(), block.otherwise());
      case SECTION -> section(block, value, block.body(), block.otherwise());
      case INVERTED -> section(block, value, block.otherwise(), block.body());
    }
  }

  private void section(
      TemplateNode.Block block,
      JsonNode value,
      List<TemplateNode> body,
      List<TemplateNode> otherwise) {
    if (value.isArray()) {
      each(block, value, body, otherwise);
    } else {
      with(block, value, body, otherwise);
    }
  }

  private void with(
      TemplateNode.Block block,
      JsonNode value,
      List<TemplateNode> body,
      List<TemplateNode> otherwise) {
    if (!Expression.truth(value)) {
      write(otherwise);
      return;
    }
    RenderFrame outer = context.frame();
    context.enter(RenderFrame.with(outer, value, block.names()));
    write(body);
    context.enter(outer);
  }

  private void each(
      TemplateNode.Block block,
      JsonNode list,
      List<TemplateNode> body,
      List<TemplateNode> otherwise) {
    if (!list.isContainer() || list.isEmpty()) {
      write(otherwise);
      return;
    }
    context.checkEntries(block, list);
    RenderFrame outer = context.frame();
    String[] keys = list.isObject() ? list.propertyNames().toArray(String[]::new) : new String[0];
    for (int i = 0; i < list.size(); i++) {
      context.countIteration();
      JsonNode value = list.isObject() ? list.path(keys[i]) : list.path(i);
      RenderFrame.LoopPosition turn =
          new RenderFrame.LoopPosition(i, list.size(), list.isObject() ? keys[i] : null);
      context.enter(RenderFrame.each(outer, value, turn, block.names()));
      write(body);
    }
    context.enter(outer);
  }
}
