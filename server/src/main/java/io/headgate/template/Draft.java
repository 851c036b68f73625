package io.headgate.template;

/** A template as somebody wants it. */
public record Draft(Labels labels, Content content) {}
