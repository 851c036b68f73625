package io.headgate.template;

/** A template with its newest version. */
public record Template(TemplateHead head, TemplateVersion version) {}
