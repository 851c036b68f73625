package io.headgate.template;

/** The labels and the content of a template that is to be stored. */
public record TemplateDraft(TemplateLabels labels, TemplateContent content) {}
