package io.tillwatch.topology.query;

/** A query that is not answered, with what was wrong and what would have been right. */
public final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Characters of an offending value that are repeated in a message. */
  private static final int ECHO_LENGTH_MAX = 40;

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

  /** The value for people, shortened, and never enough digits to be a card number. */
  static String echo(String value) {
    String printable = value.replaceAll("\\p{Cntrl}", "?").replaceAll("(\\d{6})\\d{6,}", "$1…");
    return printable.length() <= ECHO_LENGTH_MAX
        ? "'" + printable + "'"
        : "'" + printable.substring(0, ECHO_LENGTH_MAX) + "…'";
  }
}
