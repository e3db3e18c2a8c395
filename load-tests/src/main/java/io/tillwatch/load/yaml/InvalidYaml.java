package io.tillwatch.load.yaml;

/** A mistake in a YAML file; the message says where, what was found and what was expected. */
public final class InvalidYaml extends RuntimeException {

  private static final long serialVersionUID = 1;

  public InvalidYaml(String place, String message) {
    super(place + ": " + message);
  }
}
