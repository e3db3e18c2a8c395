package io.tillwatch.load.recording;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A kind of event: what it is to a detector, how often it comes and how long it takes. */
enum EventKind {
  PSP_OUTAGE_FULL(Role.SR, 4, 8, 25),
  PSP_PARTIAL(Role.SR, 4, 20, 60),
  PSP_REGION(Role.SR, 4, 20, 60),
  ISSUER_BIN_OUTAGE(Role.SR, 4, 15, 45),
  REGION_NETWORK(Role.SR, 4, 10, 40),
  PSP_BIN(Role.SR, 4, 25, 60),
  DEPLOY_REGRESSION(Role.SR, 4, 25, 60),
  SLOW_DRIFT(Role.SR, 3, 120, 240),
  CARD_TESTING(Role.SR, 4, 20, 60),
  MULTI(Role.SR, 4, 25, 50),

  LATENCY(Role.SIDE, 4, 20, 60),
  WEBHOOK_BACKLOG(Role.SIDE, 3, 15, 45),
  WEBHOOK_SILENCE(Role.SIDE, 3, 10, 30),
  DECLINE_SHIFT(Role.SIDE, 3, 30, 90),

  MIX_SHIFT_REGION(Role.TRAP, 4, 60, 120),
  MIX_SHIFT_BIN(Role.TRAP, 4, 60, 120),
  LOWVOL_BURST(Role.TRAP, 6, 3, 5),
  BENIGN_DEPLOY(Role.TRAP, 3, 45, 90),
  FLASH_SALE(Role.TRAP, 3, 20, 60),
  ROUTING_CHANGE(Role.TRAP, 3, 60, 120),

  HOLIDAY(Role.TRAP_DAY, 0, RecordingSettings.MINUTES_PER_DAY, RecordingSettings.MINUTES_PER_DAY);

  /** What an event is to a detector, as labels say it. */
  enum Role {
    /** The success rate falls: to be found. */
    SR,
    /** Something else goes wrong: to be found by another measure. */
    SIDE,
    /** Nothing is wrong: not to be alerted. */
    TRAP,
    /** A whole day of unusual traffic. */
    TRAP_DAY;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Role role;
  private final int perWeek;
  private final int minutesLeast;
  private final int minutesMost;

  EventKind(Role role, int perWeek, int minutesLeast, int minutesMost) {
    this.role = role;
    this.perWeek = perWeek;
    this.minutesLeast = minutesLeast;
    this.minutesMost = minutesMost;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  Role role() {
    return role;
  }

  /** Every kind as often as it comes in a week. */
  static List<EventKind> ofAWeek() {
    return Arrays.stream(values())
        .flatMap(kind -> Collections.nCopies(kind.perWeek, kind).stream())
        .toList();
  }

  int minutesLeast() {
    return minutesLeast;
  }

  int minutesMost() {
    return minutesMost;
  }
}
