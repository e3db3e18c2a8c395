package io.tillwatch.schemas.slice;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One axis of the cube.
 *
 * <p>The order is part of the wire format of cell blocks: a new dimension goes to the end. PSP, BIN
 * range and region are the first-class three; the others explain and localise.
 */
public enum Dimension {
  PSP("psp"),
  BIN_RANGE("binRange"),
  REGION("region"),
  METHOD("method"),
  SCHEME("scheme"),
  ISSUER_COUNTRY("issuerCountry"),
  MERCHANT_ACCOUNT("merchantAccount"),
  CONNECTOR_VERSION("connectorVersion"),
  THREE_DS("threeDs");

  /** All dimensions in wire order. */
  public static final List<Dimension> ALL = List.of(values());

  private static final Map<String, Dimension> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(d -> d.label, Function.identity()));

  private final String label;

  Dimension(String label) {
    this.label = label;
  }

  /** The name in schemas, queries, metrics and on screens, for example {@code binRange}. */
  public String label() {
    return label;
  }

  /** The dimension of that label, if there is one. */
  public static Optional<Dimension> byLabel(String label) {
    return Optional.ofNullable(BY_NAME.get(label));
  }

  int bit() {
    return 1 << ordinal();
  }
}
