package io.tillwatch.triage.gateway.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** In which form a field goes out; one that is not listed is dropped. */
enum Form {
  /** A name, number, flag or time as it is; a text that is more than a name is quoted. */
  AS_IS,
  /** A number to two significant digits. */
  BUCKET,
  /** A keyed hash: the same for the same text, and no more than that can be told. */
  HASH,
  /** Free text: as data between delimiters, capped, without what cannot be seen, redacted. */
  QUOTE,
  /** A record, or a list of them, as the policy lists its own type. */
  LISTED;

  /** How it is written in a policy and counted in an audit. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<Form> labelled(String label) {
    return Arrays.stream(values()).filter(form -> form.label().equals(label)).findFirst();
  }

  /** All labels, for people. */
  static String labels() {
    return Arrays.stream(values()).map(Form::label).collect(Collectors.joining(", "));
  }
}
