package io.tillwatch.schemas.frame;

import org.apache.avro.util.ClassSecurityValidator;
import org.apache.avro.util.ClassSecurityValidator.ClassSecurityPredicate;

/**
 * Tells Avro, which instantiates no class it was not told to trust, that our generated types are
 * fine. What was trusted before stays trusted. Reading and writing frames declares it; so must
 * whoever builds or copies records without ever touching a frame.
 */
public final class TrustedClasses {

  private static final String OURS = "io.tillwatch.schemas.";

  private TrustedClasses() {}

  static {
    ClassSecurityPredicate ours = type -> type.getName().startsWith(OURS);
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), ours));
  }

  /** Does it, once per JVM, by loading this class. */
  public static void declare() {
    // The static initialiser has done it.
  }
}
