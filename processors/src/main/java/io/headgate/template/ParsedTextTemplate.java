package io.headgate.template;

/** What reading the source of a text template gives. */
public sealed interface ParsedTextTemplate permits TextTemplate, ParsedTextTemplate.Malformation {

  /**
   * The source is not a template.
   *
   * @param line of the mistake, from 1
   * @param column of the mustache with the mistake, from 1
   * @param message a sentence without a full stop; it may repeat the source
   */
  record Malformation(int line, int column, String message) implements ParsedTextTemplate {}
}
