package io.tillwatch.triage.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.incident.Action;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.schemas.incident.Suppression;
import io.tillwatch.triage.phrase.Phrases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Goal: who must not be told is not told, nothing of it is lost, and nothing is silent in secret.
 * Method: stories under rules that hold back and send elsewhere, a line an input.
 */
class HeldBackTest {

  /** Minute 0 of a story is 03:02. */
  private static final String SILENCE =
      """
      silences:
        - name: migration
          match: {psp: northpay}
          author: ada
          reason: moves
          from: 2026-11-20T03:00:00Z
          until: 2026-11-20T03:12:00Z
      """;

  private static final String INHIBITION =
      """
      inhibitions:
        - name: neighbours
          reason: they share a line
          source: {region: eu-west}
          target: {region: us-east}
          equal: [psp]
      """;

  private static final String ROUTING =
      """
      routing:
        default: {pager: payments, ticket: PAY}
        routes:
          - {name: bad, match: {severity: sev1}, to: {pager: bridge}}
          - {name: north, match: {psp: northpay, region: eu-west}, to: {chat: north}}
          - {name: all, match: {}, to: {chat: payments}}
      """;

  @TempDir private Path folder;

  @Test
  void whatStillBurnsWhenTheSilenceEndsIsToldThen() {
    Story story = under(SILENCE);

    assertThat(story.play(0, "burst A open")).isEqualTo("opened open/1 sev2");
    assertThat(story.play(2, "burst A refined")).isEqualTo("updated open/1 sev2");
    assertThat(story.play(9, "tick")).isEqualTo("nothing open/1 sev2");
    assertThat(story.play(10, "tick"))
        .isEqualTo("updated open/1 sev2 pager.trigger ticket.create chat.create");

    Suppression suppression = story.incidentOf("A").getSuppressions().getFirst();
    assertThat(suppression.getName()).isEqualTo("migration");
    assertThat(suppression.getAuthor()).isEqualTo("ada");
    assertThat(suppression.getReason()).isEqualTo("moves");
    assertThat(suppression.getUntil()).isEqualTo("2026-11-20T03:12:00Z");
    assertThat(suppression.getSwallowed()).as("page, ticket, chat").isEqualTo(3);
    assertThat(textsOf(story, IncidentEvent.SUPPRESSED))
        .containsExactly(
            "held back by silence migration of ada: moves",
            "not sent: page, ticket, chat (silence migration)");
    assertThat(textsOf(story, IncidentEvent.RELEASED))
        .containsExactly(
            "no longer held back by silence migration, since 2026-11-20T03:02:00Z, 3 not sent");
  }

  @Test
  void whatIsOverWhenTheSilenceEndsIsNeverTold() {
    Story story = under(SILENCE);
    story.play(0, "burst A open");
    story.play(1, "ack A");
    story.play(2, "burst A recovering");
    story.play(3, "burst A closed");

    assertThat(story.play(8, "tick")).isEqualTo("resolved resolved/1 sev2");
    assertThat(story.actions).isEmpty();
    Suppression suppression = story.incidentOf("A").getSuppressions().getFirst();
    assertThat(suppression.getUntil()).isEqualTo("2026-11-20T03:10:00Z");
    assertThat(suppression.getSwallowed())
        .as("page, ticket and chat, and two updates of both")
        .isEqualTo(7);
  }

  @Test
  void whatRecoversWhenTheSilenceEndsIsToldOnlyIfItComesBack() {
    Story story = under(SILENCE);
    story.play(0, "burst A open");
    story.play(9, "burst A recovering");

    assertThat(story.play(10, "tick")).isEqualTo("updated recovering/1 sev2");
    assertThat(story.play(11, "burst A open"))
        .isEqualTo("updated open/1 sev2 pager.trigger ticket.create chat.create");
  }

  @ParameterizedTest
  @CsvSource({
    "note A,     updated open/1 sev2 pager.trigger ticket.create chat.create",
    "ack A,      updated acknowledged/1 sev2 pager.trigger pager.acknowledge ticket.create"
        + " chat.create",
    "mitigate A, updated mitigated/1 sev2 pager.trigger pager.acknowledge ticket.create"
        + " chat.create",
    "status northpay major, updated open/1 sev2 pager.trigger ticket.create chat.create"
  })
  void whoeverComesFirstAfterTheSilenceLosesNoPage(String first, String followed) {
    Story story = under(SILENCE);
    story.play(0, "burst A open");

    assertThat(story.play(10, first)).isEqualTo(followed);
    assertThat(story.play(11, "tick")).startsWith("nothing");
  }

  @Test
  void whoTookItInTheSilenceIsNotWokenForItAfterwards() {
    Story story = under(SILENCE);
    story.play(0, "burst A open");
    story.play(1, "ack A");

    assertThat(story.play(10, "tick"))
        .isEqualTo(
            "updated acknowledged/1 sev2 pager.trigger pager.acknowledge ticket.create"
                + " chat.create");
    assertThat(story.actions.get(1).getSummary())
        .endsWith(": acknowledged before it was paged, at 2026-11-20T03:03:00Z");
  }

  @Test
  void aPageThatIsTakenOverIsNotHeldBack() {
    Story story = under(SILENCE);
    story.play(0, "burst A open");
    story.play(1, "burst S open");

    assertThat(story.play(2, "merge S A"))
        .isEqualTo("merged open/1 sev2 pager.trigger pager.resolve ticket.close chat.resolve");
    assertThat(story.play(10, "tick")).isEqualTo("updated open/1 sev2 ticket.create chat.create");
  }

  @Test
  void whatWasToldBeforeIsEndedInSpiteOfTheSilence() {
    Story story = under(SILENCE.replace("03:00", "03:03"));

    assertThat(story.play(0, "burst A open"))
        .isEqualTo("opened open/1 sev2 pager.trigger ticket.create chat.create");
    assertThat(story.play(1, "ack A")).isEqualTo("updated acknowledged/1 sev2 pager.acknowledge");
    assertThat(story.play(2, "burst A recovering")).isEqualTo("updated recovering/1 sev2");
    story.play(3, "burst A closed");
    assertThat(story.play(8, "tick"))
        .isEqualTo("resolved resolved/1 sev2 pager.resolve ticket.close chat.resolve");
  }

  @Test
  void aSilenceDoesNotHoldBackWhatIsWorseThanItAllows() {
    Story story = under(SILENCE + "    up-to: sev2\n");

    assertThat(story.play(0, "burst A open")).isEqualTo("opened open/1 sev2");
    assertThat(story.play(1, "burst A open lost=300"))
        .isEqualTo("updated open/1 sev1 pager.trigger ticket.create chat.create");
  }

  @Test
  void aSilenceOfOnePlaceDoesNotHoldBackAnother() {
    Story story = under(SILENCE);

    assertThat(story.play(0, "burst S open"))
        .isEqualTo("opened open/1 sev2 pager.trigger ticket.create chat.create");
  }

  @Test
  void whatIsExplainedIsToldWhenItsExplanationIsOver() {
    Story story = under(INHIBITION);
    story.play(0, "burst A open");

    assertThat(story.play(1, "burst Q open")).isEqualTo("opened open/1 sev2");
    story.play(2, "burst A recovering");
    story.play(3, "burst A closed");
    assertThat(story.play(8, "tick"))
        .isEqualTo(
            "resolved resolved/1 sev2 pager.resolve ticket.close chat.resolve"
                + " pager.trigger ticket.create chat.create");
    Suppression suppression = story.incidentOf("Q").getSuppressions().getFirst();
    assertThat(suppression.getBehind()).isEqualTo(story.incidentOf("A").getIncidentId());
    assertThat(suppression.getSwallowed()).isEqualTo(3);
  }

  @Test
  void whatHurtsMoreThanItsExplanationIsTold() {
    Story story = under(INHIBITION);
    story.play(0, "burst A open lost=1");

    assertThat(story.play(1, "burst Q open lost=1")).isEqualTo("opened open/1 sev3");
    assertThat(story.play(2, "burst Q open lost=9"))
        .isEqualTo("updated open/1 sev2 pager.trigger ticket.create chat.create");
  }

  @Test
  void whatIsNotToldItselfExplainsNothing() {
    Story story = under(INHIBITION);
    story.play(0, "burst A open lost=0.1");

    assertThat(story.play(1, "burst Q open"))
        .isEqualTo("opened open/1 sev2 pager.trigger ticket.create chat.create");
  }

  @Test
  void whatIsSilencedExplainsNothing() {
    Story story = under(INHIBITION + SILENCE.replace("{psp: northpay}", "{region: eu-west}"));

    assertThat(story.play(0, "burst A open")).isEqualTo("opened open/1 sev2");
    assertThat(story.play(1, "burst Q open"))
        .isEqualTo("opened open/1 sev2 pager.trigger ticket.create chat.create");
  }

  @Test
  void aPageGoesWhereItsEpisodeWasTriggeredAndATicketStaysWhereItIs() {
    Story story = under(ROUTING);
    story.play(0, "burst A open");
    story.play(1, "burst A open lost=300");
    story.play(2, "burst A recovering");
    story.play(3, "burst A closed");
    story.play(8, "tick");

    assertThat(story.actions)
        .map(HeldBackTest::routed)
        .contains(
            "pager.trigger payments",
            "ticket.create PAY",
            "chat.create north",
            "pager.resolve payments",
            "chat.resolve north");
    Incident incident = story.incidentOf("A");
    assertThat(incident.getRoutes())
        .containsEntry("pager", "payments")
        .containsEntry("ticket", "PAY")
        .containsEntry("chat", "north");
  }

  @Test
  void theNextEpisodeIsPagedWhereTheRulesSayThen() {
    Story story = under(ROUTING);
    story.play(0, "burst A open");
    story.play(3, "burst A closed");
    story.play(8, "tick");
    story.play(20, "burst A2 open lost=300");

    assertThat(story.actions.stream().filter(action -> action.getEpisode() == 2))
        .map(HeldBackTest::routed)
        .containsExactly("pager.trigger bridge", "ticket.update PAY", "chat.create ");
  }

  private static String routed(Action action) {
    return "%s.%s %s"
        .formatted(
            Phrases.label(action.getTarget()), Phrases.label(action.getVerb()), action.getRoute());
  }

  private static List<String> textsOf(Story story, IncidentEvent event) {
    return story.log.stream()
        .filter(entry -> entry.getEvent() == event)
        .map(IncidentLogEntry::getText)
        .toList();
  }

  private Story under(String rules) {
    try {
      return new Story(
          RuleBook.load(List.of(Files.writeString(folder.resolve("site.yaml"), rules))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
