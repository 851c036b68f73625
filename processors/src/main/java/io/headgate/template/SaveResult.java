package io.headgate.template;

import io.headgate.batch.Violation;
import java.util.List;

/** The result of storing a template. Every result except {@link Done} changed nothing. */
public sealed interface SaveResult {

  record Done(Template template) implements SaveResult {}

  record Invalid(List<Violation> violations) implements SaveResult {}

  /** The account has reached its limit of templates. */
  record TooMany(int limit) implements SaveResult {}

  /** The template is unknown, deleted, or belongs to another account. */
  record NoSuchTemplate() implements SaveResult {}
}
