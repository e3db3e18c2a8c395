package io.tillwatch.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Files that come with the product, as resources beside this class. */
final class Shipped {

  static final String RULES = "rules.yaml";
  static final String PLAYBOOKS = "playbooks.yaml";
  static final String SCHEMA = "rules.schema.json";
  static final String RUNBOOKS = "runbooks/";

  private Shipped() {}

  static RuleFile file(String name) {
    try (InputStream in = Shipped.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not beside " + Shipped.class.getName());
      }
      return new RuleFile(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
