package io.tillwatch.rules.source;

/** One thing wrong with a rule file. */
public record Problem(Place place, String found, String expected) {

  @Override
  public String toString() {
    return "%s: found %s, expected %s".formatted(place, found, expected);
  }
}
