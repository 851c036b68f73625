package io.headgate.template;

import io.headgate.batch.Violation;
import java.util.List;

/** What came of storing a template. Everything but {@link Done} has changed nothing. */
public sealed interface Saved {

  record Done(Template template) implements Saved {}

  record Invalid(List<Violation> violations) implements Saved {}

  /** The account has as many templates as it may. */
  record TooMany(int limit) implements Saved {}

  /** Unknown, deleted, or another account's. */
  record NoSuchTemplate() implements Saved {}
}
