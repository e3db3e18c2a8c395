package io.tillwatch.triage.gateway.redact;

/** Why something was taken out; what {@code redact --explain} says. */
public enum RedactionReason {
  LUHN_AND_ISSUER("digits pass Luhn and have an issuer's prefix and length"),
  PRINTED_GROUPS("digits in groups as printed on cards, Luhn and issuer"),
  SEPARATED("digits with separators between, Luhn and issuer"),
  CARD_FIELD("12 to 19 digits in a field named like a card number"),
  SPLIT_OVER_FIELDS("parts in neighbouring fields that make a card number"),
  GLUED("a card number with its length, expiry date or tag glued to it"),
  OVEREXPOSED_MASK("a mask that shows more than first six (or eight) and last four"),
  TRACK_LAYOUT("the layout of a magnetic stripe"),
  LABELLED("stands behind a label that names it"),
  CARD_RECORD("stands in a record behind a card number"),
  COLUMN("stands in a column whose header names it"),
  CHECKSUM("country, length and checksum fit"),
  SHAPE("has the shape of one"),
  KNOWN_PREFIX("begins like the keys of a known issuer"),
  INSIDE_ENCODED("found when the token around it was decoded"),
  TOO_DEEP("encoded deeper, or larger when decoded, than is looked at");

  private final String words;

  RedactionReason(String words) {
    this.words = words;
  }

  /** The reason in words for people. */
  public String words() {
    return words;
  }
}
