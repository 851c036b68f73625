package io.headgate.template;

import io.headgate.batch.Violation;
import java.util.List;

/** The result of storing a template. Every result except {@link Done} changed nothing. */
public sealed interface Saved {

  record Done(Template template) implements Saved {}

  record Invalid(List<Violation> violations) implements Saved {}

  /** The account has reached its limit of templates. */
  record TooMany(int limit) implements Saved {}

  /** The template is unknown, deleted, or belongs to another account. */
  record NoSuchTemplate() implements Saved {}
}
