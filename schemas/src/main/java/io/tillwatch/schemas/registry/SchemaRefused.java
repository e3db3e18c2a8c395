package io.tillwatch.schemas.registry;

/**
 * The registry will not have a schema: it is not compatible with the versions before it (409), or
 * the registry cannot make sense of it (422). Trying again is no use.
 */
public final class SchemaRefused extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final int status;

  SchemaRefused(int status, String message) {
    super(message);
    this.status = status;
  }

  /** HTTP status of the answer. */
  public int status() {
    return status;
  }
}
