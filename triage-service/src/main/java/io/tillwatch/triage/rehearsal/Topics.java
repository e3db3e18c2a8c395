package io.tillwatch.triage.rehearsal;

import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.ActionResult;
import io.tillwatch.schemas.incident.DeskEntry;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.triage.incident.Input;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is committed, and so outlives every crash. */
final class Topics {

  /** An input and the time it speaks of. */
  record Timed(Input input, Instant at) {}

  final List<Timed> inputs = new ArrayList<>();
  final List<ActionResult> results = new ArrayList<>();
  final List<Action> actions = new ArrayList<>();
  final List<IncidentLogEntry> log = new ArrayList<>();

  /** The desk's store as its changelog has it. */
  final Map<String, DeskEntry> store = new TreeMap<>();
}
