package io.tillwatch.schemas.settings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A value that must not be seen: only {@link #reveal()} shows it. */
public final class Secret {

  /** No secret is set. */
  public static final Secret NONE = new Secret(null);

  private final @Nullable String value;

  private Secret(@Nullable String value) {
    this.value = value;
  }

  /** This value as a secret; nothing and empty become {@link #NONE}. */
  public static Secret of(@Nullable String value) {
    return value == null || value.isEmpty() ? NONE : new Secret(value);
  }

  /** Whether there is one. */
  public boolean isSet() {
    return value != null;
  }

  /**
   * The value, for the one call that needs it.
   *
   * @throws IllegalStateException when there is none
   */
  public String reveal() {
    if (value == null) {
      throw new IllegalStateException("no secret is set");
    }
    return value;
  }

  /** In constant time for values of one length. */
  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Secret other && MessageDigest.isEqual(bytes(), other.bytes());
  }

  /** The same for all: a hash would tell about the value. */
  @Override
  public int hashCode() {
    return 0;
  }

  private byte[] bytes() {
    return value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return value == null ? "(not set)" : "(hidden)";
  }
}
