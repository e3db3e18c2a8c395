package io.tillwatch.topology.query;

import io.tillwatch.schemas.card.Confidential;
import java.util.regex.Pattern;

/** A query that is not answered, with what was wrong and what would have been right. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Characters of an offending value that are repeated in a message. */
  private static final int ECHO_LENGTH_MAX = 40;

  /** Fewest digits of a card number. */
  private static final int CARD_DIGITS_MIN = 12;

  /** A time of this century, which no card number begins like. */
  private static final Pattern TIME =
      Pattern.compile("^20\\d\\d-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d)?");

  private final RefusalReason reason;
  private final String expected;

  Refusal(RefusalReason reason, String message, String expected) {
    super(message);
    this.reason = reason;
    this.expected = expected;
  }

  /** The stores are being moved or restored; the same query will do in a moment. */
  public static Refusal rebalancing(String what) {
    return new Refusal(
        RefusalReason.REBALANCING,
        what,
        "the same query again in a few seconds, when the work has been shared out");
  }

  static Refusal badParameter(String name, String value, String expected) {
    return new Refusal(RefusalReason.BAD_PARAMETER, "%s=%s".formatted(name, echo(value)), expected);
  }

  RefusalReason reason() {
    return reason;
  }

  String expected() {
    return expected;
  }

  /**
   * The value for people, shortened; nothing of it when it has the digits of a card number, of any
   * script and whatever is between them, or holds anything else that is not shown.
   */
  static String echo(String value) {
    String rest = TIME.matcher(value).replaceFirst("");
    if (rest.codePoints().filter(Character::isDigit).count() >= CARD_DIGITS_MIN
        || Confidential.isIn(value)) {
      return "'…'";
    }
    String printable = value.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= ECHO_LENGTH_MAX
        ? "'" + printable + "'"
        : "'" + printable.substring(0, ECHO_LENGTH_MAX) + "…'";
  }
}
