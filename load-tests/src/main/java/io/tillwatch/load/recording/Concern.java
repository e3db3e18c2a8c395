package io.tillwatch.load.recording;

/** What a random stream is for: no two draws share one. */
enum Concern {
  TENANT,
  PLAN,
  EVENT,
  PSP_DRIFT,
  BIN_DRIFT,
  REGION_DRIFT,
  REGION_VOLUME,
  LATENCY_DRIFT,
  ATTEMPTS,
  LATENCY,
  DECLINES,
  WEBHOOKS;

  /** A number of its own among all concerns of the module. */
  long number() {
    return 0x6365_6c6c_0000L + ordinal();
  }
}
