package io.tillwatch.triage.gateway.policy;

import java.util.Map;

/** What a policy says of a field. */
sealed interface Rule {

  /** It goes out in this form. */
  record Leaf(Form form) implements Rule {}

  /** Of a record the fields, of a map the keys that go out; the rest is dropped. */
  record Listed(Map<String, Rule> rules) implements Rule {
    public Listed {
      rules = Map.copyOf(rules);
    }
  }
}
