package io.tillwatch.standalone.noise;

import io.tillwatch.load.scenario.Truth;
import io.tillwatch.load.scenario.Truth.Happening;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.standalone.rulecase.Followed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What people heard of against what happened.
 *
 * <p>An incident is of what happened when it began in its time, or shortly after it, and one of its
 * root cells can be part of its scope. The first one found it; a further one is doubled: a second
 * incident of one cause, whichever flow it shows in. One that is of nothing, or of a trap alone, is
 * false.
 *
 * @param happened incidents of the scenario
 * @param missed those that nobody was told of
 * @param doubled further incidents of one cause that people were told of; one that comes back while
 *     it lasts is told again
 * @param wrong incidents of nothing that people were told of
 * @param lines each of these, and each that was found, in a line
 */
record Account(int happened, int missed, int doubled, int wrong, List<String> lines) {

  /** An onset is an estimate: an incident may claim to have begun a little before its truth. */
  private static final Duration ONSET_TOLERANCE = Duration.ofMinutes(3);

  /** What a cause leaves behind when it is over: what was held back comes, what waited fails. */
  private static final Duration AFTERMATH = Duration.ofMinutes(30);

  Account {
    lines = List.copyOf(lines);
  }

  boolean right() {
    return missed + doubled + wrong == 0;
  }

  static Account of(Truth truth, List<Followed> incidents) {
    Map<Happening, List<String>> found = new LinkedHashMap<>();
    truth.incidents().forEach(happening -> found.put(happening, new ArrayList<>()));
    List<String> falseOnes = new ArrayList<>();
    for (Followed each : incidents) {
      for (Followed.Episode episode : each.episodes()) {
        Optional<Happening> cause = causeOf(truth.incidents(), episode);
        String text = text(each, episode);
        if (cause.isPresent()) {
          Duration after = Duration.between(cause.get().start(), episode.toldAt());
          found
              .computeIfAbsent(cause.get(), happening -> new ArrayList<>())
              .add("after %d s: %s".formatted(after.toSeconds(), text));
        } else {
          falseOnes.add("FALSE    " + trap(truth, episode) + text);
        }
      }
    }
    int missed = 0;
    int doubled = 0;
    List<String> lines = new ArrayList<>();
    for (Map.Entry<Happening, List<String>> entry : found.entrySet()) {
      String what = words(entry.getKey());
      List<String> told = entry.getValue();
      if (told.isEmpty()) {
        missed++;
        lines.add("MISSED   " + what);
        continue;
      }
      doubled += told.size() - 1;
      lines.add("found    %s, %s".formatted(what, told.getFirst()));
      told.stream().skip(1).forEach(more -> lines.add("DOUBLED  %s, %s".formatted(what, more)));
    }
    lines.addAll(falseOnes);
    return new Account(found.size(), missed, doubled, falseOnes.size(), lines);
  }

  private static String text(Followed each, Followed.Episode episode) {
    Incident incident = episode.incident();
    return "%s %s, %s, rule %s, %s%s"
        .formatted(
            incident.getIncidentId(),
            incident.getSeverity().name().toLowerCase(Locale.ROOT),
            incident.getTitle(),
            incident.getRule(),
            episode.number() > 1
                ? "back at " + episode.toldAt()
                : "began " + incident.getStartedAt(),
            each.paged() ? ", paged" : "");
  }

  private static String trap(Truth truth, Followed.Episode episode) {
    return causeOf(truth.traps(), episode)
        .map(trap -> "trap %s: ".formatted(words(trap)))
        .orElse("");
  }

  /** The one that an episode is of; the one whose scope it names best, then the latest. */
  private static Optional<Happening> causeOf(List<Happening> happenings, Followed.Episode episode) {
    Incident incident = episode.incident();
    Instant began = episode.number() > 1 ? episode.toldAt() : incident.getStartedAt();
    return happenings.stream()
        .filter(happening ->
            began.isAfter(happening.start().minus(ONSET_TOLERANCE))
                && began.isBefore(happening.end().plus(AFTERMATH)))
        .filter(happening -> kinship(incident, happening) >= 0)
        .max(
            Comparator.<Happening>comparingInt(happening -> kinship(incident, happening))
                .thenComparing(Happening::start));
  }

  /** Dimensions that a root cell shares with what happened; -1 when it is somewhere else. */
  private static int kinship(Incident incident, Happening happening) {
    Slice scope = Slice.of(happening.scope());
    return incident.getRootCells().stream()
        .map(root -> Slice.of(root.getSlice()))
        .mapToInt(root -> kinship(root, scope))
        .max()
        .orElse(-1);
  }

  /** Two cells that share no dimension overlap too, and have nothing to do with each other. */
  private static int kinship(Slice root, Slice scope) {
    if (!root.overlaps(scope)) {
      return -1;
    }
    int shared = Integer.bitCount(root.mask() & scope.mask());
    return shared > 0 || root.covers(scope) || scope.covers(root) ? shared : -1;
  }

  private static String words(Happening happening) {
    String scope = Slice.of(happening.scope()).toString();
    return "%s %s at %s".formatted(happening.type(), scope, happening.start());
  }
}
