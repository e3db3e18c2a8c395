package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.frame.FieldReader;
import io.tillwatch.schemas.frame.FieldView;
import io.tillwatch.topology.bin.BinLookup;
import io.tillwatch.topology.cell.SliceIndex;
import io.tillwatch.topology.delivery.Value;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Lets events in: usual ones by a look at their fields, without making a record or any other
 * object; all others, and each that is refused, by way of the careful {@link EventDoor}. Both ways
 * give the same view of the same event. Used by one task.
 */
final class Door {

  private final EventDoor careful;
  private final FieldRules rules;
  private final LeafCodes leaves;
  private final @Nullable KindFields[] kinds = new @Nullable KindFields[EventKind.values().length];
  private EventDoor.@Nullable Invalid refusal;

  /** How the fields of one kind of event are read. */
  private record KindFields(FieldReader<?> reader, FieldView view) {
    boolean read(Value value) {
      return reader.read(value.bytes(), value.from(), value.length(), view);
    }
  }

  /**
   * A door in front of this one.
   *
   * @param index whose numbers the views are in
   */
  Door(EventDoor careful, SliceIndex index, BinLookup bins) {
    this.careful = careful;
    this.leaves = new LeafCodes(index, careful.rules(), bins);
    this.rules = new FieldRules(careful.rules(), leaves);
    for (EventKind kind : EventKind.values()) {
      FieldReader<?> reader = careful.fields(kind);
      kinds[kind.ordinal()] = reader == null ? null : new KindFields(reader, reader.view());
    }
  }

  /**
   * Lets in the event in this value.
   *
   * @param nowMillis the time that events must not be ahead of
   * @param into holds the event then, and nothing of use otherwise
   * @return false when it is refused, or when {@link #isFull}
   */
  boolean admit(EventKind kind, @Nullable Value value, long nowMillis, EventView into) {
    if (value != null) {
      into.value = value;
      KindFields fields = kinds[kind.ordinal()];
      if (fields != null && fields.read(value) && rules.admit(kind, fields.view, nowMillis, into)) {
        return true;
      }
    }
    return admitCarefully(kind, value, nowMillis, into);
  }

  /** Why the last value was not let in. */
  EventDoor.Invalid refusal() {
    if (refusal == null) {
      throw new IllegalStateException("nothing was refused");
    }
    return refusal;
  }

  /**
   * Whether the last value was not looked at for want of room in the index: once that is cleared it
   * can be shown again.
   */
  boolean isFull() {
    return refusal == null;
  }

  private boolean admitCarefully(
      EventKind kind, @Nullable Value value, long nowMillis, EventView into) {
    refusal = null;
    switch (careful.judge(kind, value == null ? null : value.copy(), nowMillis)) {
      case EventDoor.Invalid invalid -> refusal = invalid;
      case EventDoor.Valid valid -> {
        if (leaves.hasRoom()) {
          put(valid, into);
          return true;
        }
      }
    }
    return false;
  }

  private void put(EventDoor.Valid valid, EventView view) {
    PaymentEvent event = valid.event();
    PaymentStep step = event.step();
    byte[] id = step.getEventId().getBytes(StandardCharsets.UTF_8);
    view.kind = event.kind();
    view.eventTimeMillis = step.getEventTime().toEpochMilli();
    view.id = id;
    view.idFrom = 0;
    view.idLength = id.length;
    view.outcome = step.getOutcome();
    view.reason = step.getReason();
    view.attempt = step.getAttempt();
    view.amountMinor = step.getAmountMinor();
    view.latencyMillis = event.latencyMillis();
    view.redacted = valid.redacted();
    leaves.put(step, view);
  }
}
