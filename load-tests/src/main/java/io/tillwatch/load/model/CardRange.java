package io.tillwatch.load.model;

import io.tillwatch.schemas.event.BinRange;
import io.tillwatch.schemas.event.Reason;
import java.util.SplittableRandom;

/**
 * A BIN range of the model and how its issuer decides.
 *
 * @param effect what it adds to the logit of every attempt's success
 * @param reasons why it declines, as indexes into {@link #REASONS}
 */
record CardRange(int index, BinRange entry, double effect, Weights reasons) {

  /** What issuers decline for, in the order of {@code reasons}. */
  static final Reason[] REASONS = {
    Reason.INSUFFICIENT_FUNDS,
    Reason.DO_NOT_HONOR,
    Reason.SUSPECTED_FRAUD,
    Reason.INVALID_CVC,
    Reason.CARD_EXPIRED,
    Reason.LIMIT_EXCEEDED,
    Reason.NOT_PERMITTED,
    Reason.INVALID_CARD,
    Reason.LOST_OR_STOLEN
  };

  /** A BIN of the range: the last two of its eight digits are free. */
  String bin(SplittableRandom random) {
    int last = random.nextInt(100);
    return entry.getStart().substring(0, 6) + (char) ('0' + last / 10) + (char) ('0' + last % 10);
  }

  Reason reason(SplittableRandom random) {
    return REASONS[reasons.draw(random)];
  }

  String country() {
    return entry.getCountry();
  }

  /** Currency of the issuer's country. */
  String currency() {
    return switch (country()) {
      case "US" -> "USD";
      case "CA" -> "CAD";
      case "BR" -> "BRL";
      case "MX" -> "MXN";
      case "CO" -> "USD";
      default -> "EUR";
    };
  }
}
