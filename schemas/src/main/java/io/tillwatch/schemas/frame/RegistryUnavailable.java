package io.tillwatch.schemas.frame;

import org.jspecify.annotations.Nullable;

/** The schema registry could not be asked, after all tries it was worth. */
public final class RegistryUnavailable extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  public RegistryUnavailable(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
