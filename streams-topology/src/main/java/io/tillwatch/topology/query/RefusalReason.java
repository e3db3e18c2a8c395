package io.tillwatch.topology.query;

import java.util.Locale;

/** Why a query is not answered; the label is the {@code error} of the answer. */
enum RefusalReason {
  /** The request is wrong and stays wrong. */
  BAD_PARAMETER(400),
  /** The answer would cost more than one query may. */
  RANGE_TOO_LARGE(400),
  /** The parameters name nothing that exists. */
  NOT_FOUND(404),
  /** Too many queries at once; the same request will do later. */
  BUSY(503),
  /** The cube is moving between instances; the same request will do later. */
  REBALANCING(503);

  private final int status;

  RefusalReason(int status) {
    this.status = status;
  }

  int status() {
    return status;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean worthRetrying() {
    return status == 503;
  }
}
