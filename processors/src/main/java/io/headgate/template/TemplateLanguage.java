package io.headgate.template;

/** The language of a template. */
public enum TemplateLanguage {
  HTML
}
