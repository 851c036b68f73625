package io.headgate.template;

/** What a template is written in. */
public enum Engine {
  HTML
}
