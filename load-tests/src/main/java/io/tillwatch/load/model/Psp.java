package io.tillwatch.load.model;

import io.tillwatch.schemas.event.Outcome;
import io.tillwatch.schemas.event.Reason;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A payment service provider of the model.
 *
 * @param effect what it adds to the logit of every attempt's success
 * @param latencyMillis median time to answer an authorisation
 */
record Psp(int index, String name, Dialect dialect, double effect, double latencyMillis) {

  /** How a PSP writes its result codes. */
  enum Dialect {
    /** ISO 8583 response codes, "05". */
    ISO,
    /** Words in snake case, "insufficient_funds". */
    SNAKE,
    /** A class and words, "Refused:DoNotHonor". */
    CAMEL,
    /** A prefix and a number of its own, "HP-2001". */
    NUMBERED
  }

  /** The PSP's own code for what happened; null when it gave no answer. */
  @Nullable String rawCode(Outcome outcome, @Nullable Reason reason) {
    if (outcome == Outcome.TIMEOUT) {
      return null;
    }
    return switch (dialect) {
      case ISO -> reason == null ? "00" : iso(reason);
      case SNAKE -> (reason == null ? outcome.name() : reason.name()).toLowerCase(Locale.ROOT);
      case CAMEL -> reason == null ? camel(outcome.name()) : "Refused:" + camel(reason.name());
      case NUMBERED -> "HP-" + (reason == null ? 1000 : 2000 + reason.ordinal());
    };
  }

  private static String iso(Reason reason) {
    return switch (reason) {
      case DO_NOT_HONOR -> "05";
      case INVALID_AMOUNT -> "13";
      case INVALID_CARD -> "14";
      case LOST_OR_STOLEN -> "41";
      case INSUFFICIENT_FUNDS -> "51";
      case CARD_EXPIRED -> "54";
      case NOT_PERMITTED -> "57";
      case SUSPECTED_FRAUD -> "59";
      case LIMIT_EXCEEDED -> "61";
      case SCA_REQUIRED -> "1A";
      case INVALID_CVC -> "N7";
      case ISSUER_UNAVAILABLE -> "91";
      case DUPLICATE -> "94";
      default -> "96";
    };
  }

  private static String camel(String constant) {
    StringBuilder words = new StringBuilder(constant.length());
    for (String word : constant.split("_", -1)) {
      words.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return words.toString();
  }
}
