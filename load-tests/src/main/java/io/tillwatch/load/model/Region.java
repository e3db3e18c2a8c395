package io.tillwatch.load.model;

import java.time.ZoneId;
import java.util.List;

/**
 * A region of the model's merchants.
 *
 * @param share of all payments of a working day
 * @param effect what it adds to the logit of every attempt's success
 * @param psps which PSP a payment is routed to
 * @param ranges which BIN range its card is of: home ranges, and a few from abroad
 * @param merchants which merchant account it is made to
 */
record Region(
    int index,
    Profile profile,
    double share,
    double effect,
    Weights psps,
    Weights ranges,
    Weights merchants) {

  /**
   * What is fixed about a region, whatever the seed.
   *
   * @param countries where its issuers are at home
   * @param latencyFactor how much slower PSPs answer from here
   * @param threeDsShare attempts that go through 3-D Secure at once
   * @param challengeShare of the others, those that are sent to 3-D Secure first
   */
  record Profile(
      String name,
      ZoneId zone,
      List<String> countries,
      double latencyFactor,
      double threeDsShare,
      double challengeShare) {}

  String name() {
    return profile.name;
  }
}
