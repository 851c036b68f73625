package io.headgate.template;

/**
 * A place in the source of a template.
 *
 * @param line from 1
 * @param column from 1, in characters of Java
 */
record TemplatePosition(int line, int column) {

  static final TemplatePosition START = new TemplatePosition(1, 1);
}
