package io.tillwatch.load.recording;

import static io.tillwatch.load.recording.RecordingSettings.MINUTES_PER_DAY;

import io.tillwatch.load.model.Chance;
import io.tillwatch.load.recording.EventKind.Role;
import io.tillwatch.load.recording.PlannedEvent.Cast;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What happens in a recording, and when: a week holds every kind of event as often as its {@link
 * EventKind} says, part of a week a part of them. They come one after another in an order and at
 * times that are drawn, with a pause between them; a holiday lies over all of one day.
 */
final class EventPlan {

  /** Least minutes between two events, and at both ends: a detector has time to recover. */
  static final int PAUSE_MINUTES = 45;

  private static final int DAYS_PER_WEEK = 7;

  private final RecordingSettings settings;
  private final Tenant tenant;

  private EventPlan(RecordingSettings settings, Tenant tenant) {
    this.settings = settings;
    this.tenant = tenant;
  }

  /** The events of a recording: in order of their start, a holiday last. */
  static List<PlannedEvent> draw(RecordingSettings settings, Tenant tenant) {
    return new EventPlan(settings, tenant).draw();
  }

  private List<PlannedEvent> draw() {
    SplittableRandom random = Chance.stream(settings.seed(), Concern.PLAN.number(), 0, 0);
    List<EventKind> order = new ArrayList<>();
    for (int day = 0; day < settings.days(); day += DAYS_PER_WEEK) {
      order.addAll(week(random));
    }
    int room = settings.days() * MINUTES_PER_DAY - PAUSE_MINUTES;
    int wanted = EventKind.ofAWeek().size() * settings.days() / DAYS_PER_WEEK;
    List<EventKind> kinds = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    for (EventKind kind : order.subList(0, wanted)) {
      int length = Draw.between(random, kind.minutesLeast(), kind.minutesMost());
      if (length + PAUSE_MINUTES <= room) {
        kinds.add(kind);
        lengths.add(length);
        room -= length + PAUSE_MINUTES;
      }
    }
    int[] cuts = random.ints(kinds.size(), 0, room + 1).sorted().toArray();
    List<PlannedEvent> events = new ArrayList<>();
    int taken = settings.warmUpMinutes() + PAUSE_MINUTES;
    for (int i = 0; i < kinds.size(); i++) {
      events.add(event(kinds.get(i), taken + cuts[i], lengths.get(i), i));
      taken += lengths.get(i) + PAUSE_MINUTES;
    }
    if (settings.days() > 1) {
      int day = settings.warmUpDays() + random.nextInt(settings.days());
      events.add(event(EventKind.HOLIDAY, day * MINUTES_PER_DAY, MINUTES_PER_DAY, events.size()));
    }
    return List.copyOf(events);
  }

  /** The events of a week in an order that is drawn; the first lowers the success rate. */
  private static List<EventKind> week(SplittableRandom random) {
    List<EventKind> kinds = new ArrayList<>(EventKind.ofAWeek());
    Tenant.shuffle(kinds, random);
    int first = 0;
    while (kinds.get(first).role() != Role.SR) {
      first++;
    }
    Collections.swap(kinds, 0, first);
    return kinds;
  }

  private PlannedEvent event(EventKind kind, int start, int length, int number) {
    SplittableRandom random = Chance.stream(settings.seed(), Concern.EVENT.number(), number, 0);
    Cast cast =
        switch (kind.role()) {
          case SR -> new RateEvents(tenant, random).cast(kind);
          case SIDE -> new SideEvents(tenant, random).cast(kind);
          case TRAP, TRAP_DAY -> new Traps(tenant, random, settings.volume()).cast(kind, length);
        };
    return new PlannedEvent(kind, start, length, cast);
  }

  /** How many have a role. */
  static int count(List<PlannedEvent> events, Role role) {
    return (int) events.stream().filter(event -> event.kind().role() == role).count();
  }
}
