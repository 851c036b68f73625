package io.headgate.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The variables that a version of a template accepts. */
public record TemplateVariables(
    String templateId,
    @Nullable String uid,
    int version,
    List<TemplateVariable> variableDefinitions) {}
