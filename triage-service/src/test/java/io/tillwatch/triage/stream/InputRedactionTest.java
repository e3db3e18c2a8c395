package io.tillwatch.triage.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.ChangeType;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.event.StatusIndicator;
import io.tillwatch.schemas.incident.Command;
import io.tillwatch.schemas.incident.CommandVerb;
import io.tillwatch.schemas.incident.ExternalAlert;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InputRedactionTest {

  private static final Instant NOW = Instant.parse("2026-11-30T03:00:00Z");
  private static final String ADDRESS = "joe.doe@customer.example";

  @Test
  void whatHoldsNothingOfItStaysAsItIs() {
    ChangeEvent change =
        change("connector 2.14.0 (a84d88e)", "ada", "deploy-2026-11-30-1", Map.of("psp", "npay"));

    assertThat(InputRedaction.clean(change)).isEqualTo(change);
  }

  @Test
  void aChangeLosesAddressesAndSecrets() {
    ChangeEvent clean =
        InputRedaction.clean(
            change(
                "refunds of " + ADDRESS + ", cvv: 123",
                "ada@acme.example",
                "by-" + ADDRESS,
                Map.of("merchantAccount", ADDRESS)));

    assertThat(clean.toString()).doesNotContain("joe.doe", "customer.example", "123");
    assertThat(clean.getTitle()).startsWith("refunds of [");
    assertThat(clean.getAuthor()).isEqualTo("ada");
    assertThat(InputRedaction.clean(clean)).as("a second time").isEqualTo(clean);
  }

  @Test
  void idsThatAreReplacedStayApart() {
    ChangeEvent one = InputRedaction.clean(change("a", "ada", "by-" + ADDRESS, Map.of()));
    ChangeEvent other = InputRedaction.clean(change("a", "ada", "of-" + ADDRESS, Map.of()));

    assertThat(one.getEventId()).startsWith("id-").isNotEqualTo(other.getEventId());
  }

  @Test
  void aNumberIsJudgedByItsName() {
    Map<String, String> scope = Map.of("cvv2", "123", "connectorVersion", "123");

    assertThat(InputRedaction.clean(change("a", "ada", "b", scope)).getScope())
        .containsEntry("cvv2", "withheld")
        .containsEntry("connectorVersion", "123");
  }

  @Test
  void anAlertANoticeAndACommandLoseThemToo() {
    ExternalAlert alert =
        new ExternalAlert(
            ADDRESS, ADDRESS, ADDRESS, false, Map.of(ADDRESS, ADDRESS), ADDRESS, ADDRESS, NOW, NOW);
    StatusEvent notice =
        new StatusEvent(
            ADDRESS, NOW, ADDRESS, ADDRESS, StatusIndicator.MAJOR, ADDRESS, NOW, ADDRESS);
    Command command =
        Command.newBuilder()
            .setCommandId(ADDRESS)
            .setTenant("default")
            .setIncidentId(ADDRESS)
            .setVerb(CommandVerb.NOTE)
            .setAuthor("Joe <" + ADDRESS + ">")
            .setReason(ADDRESS)
            .setConfirmedCause(ADDRESS)
            .setInto(ADDRESS)
            .setBurstIds(List.of(ADDRESS))
            .setChannel(ADDRESS)
            .setAt(NOW)
            .build();

    assertThat(InputRedaction.clean(alert).toString()).doesNotContain(ADDRESS);
    assertThat(InputRedaction.clean(notice).toString()).doesNotContain(ADDRESS);
    assertThat(InputRedaction.clean(command).toString()).doesNotContain(ADDRESS);
    assertThat(InputRedaction.clean(command).getAuthor()).startsWith("Joe <");
  }

  private static ChangeEvent change(
      String title, String author, String id, Map<String, String> scope) {
    return ChangeEvent.newBuilder()
        .setEventId(id)
        .setEventTime(NOW)
        .setType(ChangeType.DEPLOY)
        .setTitle(title)
        .setAuthor(author)
        .setLink("https://git.example/acme/connector/commit/a84d88e")
        .setScope(scope)
        .build();
  }
}
