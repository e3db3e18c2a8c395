package io.tillwatch.triage.gateway.redact;

/**
 * What may not stay in a text. Where findings overlap, the type that is listed first gives the
 * label.
 */
public enum SensitiveType {
  /** Track 1 of a magnetic stripe. */
  TRACK1,
  /** Track 2 of a magnetic stripe, or its equivalent on a chip. */
  TRACK2,
  /** A primary account number, whole or with more digits shown than may be. */
  PAN,
  /** A card verification value. */
  CVV,
  /** A PIN or a PIN block. */
  PIN,
  /** An international bank account number. */
  IBAN,
  /** A bearer token, password, key or other credential. */
  SECRET,
  /** An e-mail address. */
  EMAIL,
  /** A telephone number. */
  PHONE,
  /** The name of a cardholder or account holder. */
  NAME,
  /** The expiry date of a card. */
  EXPIRY,
  /** Text that is encoded deeper than the redactor looks. */
  ENCODED;

  private final String label = "[" + name() + "]";

  /** What stands in the text instead, for example {@code [PAN]}; never found again. */
  public String label() {
    return label;
  }
}
