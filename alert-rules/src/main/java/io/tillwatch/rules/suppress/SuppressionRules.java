package io.tillwatch.rules.suppress;

import io.tillwatch.rules.match.Traits;
import io.tillwatch.rules.source.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All silences and inhibitions. Immutable and thread-safe.
 *
 * @param silences in the order of the files
 * @param inhibitions in the order of the files, the shipped ones first
 */
public record SuppressionRules(List<Silence> silences, List<Inhibition> inhibitions) {

  /** Silences at most, those that are over included: whoever has more mutes by habit. */
  public static final int SILENCES_MAX = 200;

  /** Inhibitions at most: each is held against every pair of live incidents. */
  public static final int INHIBITIONS_MAX = 50;

  /** Nothing is held back. */
  public static final SuppressionRules NONE = new SuppressionRules(List.of(), List.of());

  public SuppressionRules {
    silences = List.copyOf(silences);
    inhibitions = List.copyOf(inhibitions);
  }

  /** Reads a silence. */
  public static Silence readSilence(Fields fields) {
    return Silence.read(fields);
  }

  /** Reads an inhibition; empty when it is switched off. */
  public static Optional<Inhibition> readInhibition(Fields fields) {
    if (fields.flag("off", false)) {
      fields.text("name");
      fields.end("name", "off");
      return Optional.empty();
    }
    return Optional.of(Inhibition.read(fields));
  }

  /** The first silence that holds an incident back at a time. */
  public Optional<Silence> silence(Traits traits, Instant time) {
    return silences.stream().filter(silence -> silence.holds(traits, time)).findFirst();
  }

  /** The silence of that name. */
  public Optional<Silence> silence(String name) {
    return silences.stream().filter(silence -> silence.name().equals(name)).findFirst();
  }

  /** The inhibition of that name. */
  public Optional<Inhibition> inhibition(String name) {
    return inhibitions.stream().filter(each -> each.name().equals(name)).findFirst();
  }
}
