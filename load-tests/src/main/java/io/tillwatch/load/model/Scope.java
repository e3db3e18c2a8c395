package io.tillwatch.load.model;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import org.jspecify.annotations.Nullable;

/** A slice taken apart for comparison with one attempt after another; null allows every value. */
record Scope(
    @Nullable String psp,
    @Nullable String binRange,
    @Nullable String region,
    @Nullable String scheme,
    @Nullable String issuerCountry,
    @Nullable String merchantAccount,
    @Nullable String connectorVersion,
    @Nullable String threeDs) {

  static Scope of(Slice slice) {
    return new Scope(
        slice.get(Dimension.PSP),
        slice.get(Dimension.BIN_RANGE),
        slice.get(Dimension.REGION),
        slice.get(Dimension.SCHEME),
        slice.get(Dimension.ISSUER_COUNTRY),
        slice.get(Dimension.MERCHANT_ACCOUNT),
        slice.get(Dimension.CONNECTOR_VERSION),
        slice.get(Dimension.THREE_DS));
  }

  boolean allows(Attempt attempt) {
    return allowsPsp(attempt.psp.name())
        && allowsRegion(attempt.region.name())
        && allowsRange(attempt.range)
        && allowsMerchant(attempt.merchant)
        && allowed(connectorVersion, attempt.version)
        && allowed(threeDs, attempt.threeDs ? "yes" : "no");
  }

  /** Whether the connector version of an attempt, not known yet, could be in scope. */
  boolean allowsPlace(Attempt attempt) {
    return allowsPsp(attempt.psp.name())
        && allowsRegion(attempt.region.name())
        && allowsRange(attempt.range)
        && allowsMerchant(attempt.merchant);
  }

  boolean allowsPsp(String value) {
    return allowed(psp, value);
  }

  boolean allowsRegion(String value) {
    return allowed(region, value);
  }

  boolean allowsMerchant(String value) {
    return allowed(merchantAccount, value);
  }

  boolean allowsRange(CardRange range) {
    return allowed(binRange, range.entry().getId())
        && allowed(scheme, range.entry().getScheme())
        && allowed(issuerCountry, range.country());
  }

  private static boolean allowed(@Nullable String wanted, String value) {
    return wanted == null || wanted.equals(value);
  }
}
