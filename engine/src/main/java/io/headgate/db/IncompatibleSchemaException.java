package io.headgate.db;

/**
 * The database was migrated by another build of Headgate and this build cannot use it. The message
 * is one sentence for the operator: what is wrong, where, and what to do.
 */
public final class IncompatibleSchemaException extends RuntimeException {

  private IncompatibleSchemaException(String message) {
    super(message);
  }

  static IncompatibleSchemaException ofEarlierBuild(Database.DatabaseAddress address) {
    return new IncompatibleSchemaException(
        "The database "
            + address.location()
            + " was created by an earlier build of Headgate, whose schema cannot be upgraded; start"
            + " with an empty data folder or database.");
  }

  static IncompatibleSchemaException ofNewerBuild(Database.DatabaseAddress address) {
    return new IncompatibleSchemaException(
        "The database "
            + address.location()
            + " was migrated by a newer build of Headgate; start that build or a newer one.");
  }
}
