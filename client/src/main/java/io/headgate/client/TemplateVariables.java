package io.headgate.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a render of a template may be given. */
public record TemplateVariables(
    String templateId,
    @Nullable String uid,
    int version,
    List<TemplateVariable> variableDefinitions) {}
