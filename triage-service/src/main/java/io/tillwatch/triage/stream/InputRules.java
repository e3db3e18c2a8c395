package io.tillwatch.triage.stream;

import io.tillwatch.schemas.card.CardNumbers;
import io.tillwatch.schemas.cube.DeadLetterReason;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.incident.Advice;
import io.tillwatch.schemas.incident.Command;
import io.tillwatch.schemas.incident.ExternalAlert;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.triage.incident.DeskLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Limits on what others tell us about the world; their schemas name them in words. The same at the
 * door of the desk and wherever something is taken in. Thread-safe.
 */
public final class InputRules {

  /** How far ahead of ours another clock may be; later than that it would end what burns now. */
  static final Duration FUTURE_SKEW_MAX = Duration.ofMinutes(5);

  private static final int ID_MAX = 128;
  private static final int TITLE_MAX = 256;
  private static final int NAME_MAX = 256;
  private static final int SHORT_NAME_MAX = 64;
  private static final int REASON_MAX = 512;
  private static final int LINK_MAX = 2_048;
  private static final int SCOPE_MAX = 32;
  private static final int HYPOTHESES_MAX = 16;
  private static final int CITED_MAX = 2 * DeskLimits.EVIDENCE_MAX;

  private final InstantSource clock;

  /** Rules of a reader with this clock. */
  public InputRules(InstantSource clock) {
    this.clock = clock;
  }

  /** What is wrong with a change; empty when nothing is. */
  public Optional<Refusal> check(ChangeEvent change) {
    return id(change.getEventId())
        .or(() -> length("title", change.getTitle(), TITLE_MAX))
        .or(() -> length("author", change.getAuthor(), NAME_MAX))
        .or(() -> length("link", change.getLink(), LINK_MAX))
        .or(() -> scope(change.getScope()))
        .or(() -> cards(change))
        .or(() -> time("eventTime", change.getEventTime()));
  }

  /** What is wrong with a notice; empty when nothing is. */
  public Optional<Refusal> check(StatusEvent notice) {
    return id(notice.getEventId())
        .or(() -> length("psp", notice.getPsp(), NAME_MAX))
        .or(() -> length("component", notice.getComponent(), NAME_MAX))
        .or(() -> length("title", notice.getTitle(), TITLE_MAX))
        .or(() -> length("link", notice.getLink(), LINK_MAX))
        .or(() -> cards(notice))
        .or(() -> time("eventTime", notice.getEventTime()));
  }

  /** What is wrong with an alert; empty when nothing is. */
  public Optional<Refusal> check(ExternalAlert alert) {
    return id(alert.getAlertId())
        .or(() -> length("source", alert.getSource(), NAME_MAX))
        .or(() -> length("name", alert.getName(), NAME_MAX))
        .or(() -> length("summary", alert.getSummary(), TITLE_MAX))
        .or(() -> length("link", alert.getLink(), LINK_MAX))
        .or(() -> scope(alert.getLabels()))
        .or(() -> cards(alert))
        .or(() -> time("startsAt", alert.getStartsAt()))
        .or(() -> time("at", alert.getAt()));
  }

  /** What is wrong with a command; empty when nothing is. */
  public Optional<Refusal> check(Command command) {
    return id(command.getCommandId())
        .or(() -> name("tenant", command.getTenant()))
        .or(() -> name("incident id", command.getIncidentId()))
        .or(() -> name("author", command.getAuthor()))
        .or(() -> length("reason", command.getReason(), REASON_MAX))
        .or(() -> length("confirmed cause", command.getConfirmedCause(), REASON_MAX))
        .or(() -> length("into", command.getInto(), SHORT_NAME_MAX))
        .or(() -> length("channel", command.getChannel(), SHORT_NAME_MAX))
        .or(() -> bursts(command.getBurstIds()))
        .or(() -> cards(command))
        .or(() -> time("at", command.getAt()));
  }

  /** What is wrong with an advice; empty when nothing is. */
  public Optional<Refusal> check(Advice advice) {
    return id(advice.getAdviceId())
        .or(() -> name("tenant", advice.getTenant()))
        .or(() -> name("incident id", advice.getIncidentId()))
        .or(() -> name("author", advice.getAuthor()))
        .or(() -> many("hypotheses", advice.getHypotheses().size(), HYPOTHESES_MAX))
        .or(() -> advice.getHypotheses().stream().flatMap(each -> check(each).stream()).findFirst())
        .or(() -> time("at", advice.getAt()));
  }

  private static Optional<Refusal> check(Hypothesis hypothesis) {
    int cited = hypothesis.getEvidenceFor().size() + hypothesis.getEvidenceAgainst().size();
    return length("statement", hypothesis.getStatement(), REASON_MAX)
        .or(() -> length("check", hypothesis.getCheck(), REASON_MAX))
        .or(() -> length("next step", hypothesis.getNextStep(), REASON_MAX))
        .or(() -> length("runbook passage", hypothesis.getRunbookPassage(), ID_MAX))
        .or(() -> many("cited pieces of evidence", cited, CITED_MAX))
        .or(() ->
            cards(
                Stream.of(
                    hypothesis.getStatement(), hypothesis.getCheck(), hypothesis.getNextStep()),
                Stream.of(hypothesis.getRunbookPassage())));
  }

  private static Optional<Refusal> many(String what, int found, int max) {
    return found > max
        ? refuse(
            DeadLetterReason.TOO_MANY_ATTRIBUTES,
            "%d %s, expected at most %d".formatted(found, what, max))
        : Optional.empty();
  }

  private static Optional<Refusal> name(String field, String value) {
    return value.isBlank() || value.length() > SHORT_NAME_MAX
        ? refuse(
            DeadLetterReason.FIELD_TOO_LONG,
            "%s of %d characters, expected 1 to %d"
                .formatted(field, value.length(), SHORT_NAME_MAX))
        : Optional.empty();
  }

  private static Optional<Refusal> bursts(List<String> burstIds) {
    return many("burst ids", burstIds.size(), DeskLimits.BURSTS_MAX)
        .or(() ->
            burstIds.stream().flatMap(id -> length("burst id", id, ID_MAX).stream()).findFirst());
  }

  private static Optional<Refusal> cards(Command command) {
    return cards(
        Stream.of(command.getAuthor(), command.getReason(), command.getConfirmedCause()),
        Stream.concat(
            Stream.of(
                command.getCommandId(),
                command.getIncidentId(),
                command.getInto(),
                command.getChannel()),
            command.getBurstIds().stream()));
  }

  private static Optional<Refusal> id(String eventId) {
    return eventId.isEmpty() || eventId.length() > ID_MAX
        ? refuse(
            DeadLetterReason.EVENT_ID,
            "event id of %d characters, expected 1 to %d".formatted(eventId.length(), ID_MAX))
        : Optional.empty();
  }

  private static Optional<Refusal> length(String field, @Nullable String value, int max) {
    return value != null && value.length() > max
        ? refuse(
            DeadLetterReason.FIELD_TOO_LONG,
            "%s of %d characters, expected at most %d".formatted(field, value.length(), max))
        : Optional.empty();
  }

  private static Optional<Refusal> scope(Map<String, String> scope) {
    if (scope.size() > SCOPE_MAX) {
      return refuse(
          DeadLetterReason.TOO_MANY_ATTRIBUTES,
          "scope of %d entries, expected at most %d".formatted(scope.size(), SCOPE_MAX));
    }
    return scope.entrySet().stream()
        .flatMap(entry ->
            length("scope name", entry.getKey(), NAME_MAX)
                .or(() -> length("scope value", entry.getValue(), NAME_MAX))
                .stream())
        .findFirst();
  }

  private static Optional<Refusal> cards(ChangeEvent change) {
    Stream<@Nullable String> scope =
        change.getScope().entrySet().stream()
            .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()));
    return cards(
        Stream.of(change.getTitle(), change.getAuthor()),
        Stream.concat(Stream.of(change.getEventId(), change.getLink()), scope));
  }

  private static Optional<Refusal> cards(StatusEvent notice) {
    return cards(
        Stream.of(notice.getTitle(), notice.getComponent()),
        Stream.of(notice.getEventId(), notice.getPsp(), notice.getLink()));
  }

  private static Optional<Refusal> cards(ExternalAlert alert) {
    Stream<@Nullable String> labels =
        alert.getLabels().entrySet().stream()
            .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()));
    return cards(
        Stream.of(alert.getSummary(), alert.getName()),
        Stream.concat(Stream.of(alert.getAlertId(), alert.getSource(), alert.getLink()), labels));
  }

  /** In words whatever separates the digits counts; ids and links are full of short numbers. */
  private static Optional<Refusal> cards(
      Stream<@Nullable String> words, Stream<@Nullable String> names) {
    boolean found =
        words.anyMatch(text -> text != null && CardNumbers.isIn(text))
            || names.anyMatch(name -> name != null && CardNumbers.isInName(name));
    return found
        ? refuse(DeadLetterReason.PAN_IN_EVENT, "a field holds a card number, expected none")
        : Optional.empty();
  }

  /** Says no number: a card number in the wrong field would be one. */
  private Optional<Refusal> time(String field, Instant time) {
    Instant latest = clock.instant().plus(FUTURE_SKEW_MAX);
    return time.isAfter(latest)
        ? refuse(
            DeadLetterReason.TIME_IN_FUTURE,
            "%s: ahead of the clock, expected by %s at most".formatted(field, FUTURE_SKEW_MAX))
        : Optional.empty();
  }

  private static Optional<Refusal> refuse(DeadLetterReason reason, String detail) {
    return Optional.of(new Refusal(reason, detail, null));
  }
}
