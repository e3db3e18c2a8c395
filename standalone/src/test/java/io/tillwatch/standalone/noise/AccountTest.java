package io.tillwatch.standalone.noise;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.load.scenario.Truth;
import io.tillwatch.load.scenario.Truth.Happening;
import io.tillwatch.rules.RuleBook;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.BurstState;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.frame.TrustedClasses;
import io.tillwatch.standalone.rulecase.VirtualDesk;
import io.tillwatch.triage.incident.Input;
import io.tillwatch.triage.rehearsal.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Goal: what is missed, doubled or false is counted as such, and nothing else. */
class AccountTest {

  static {
    TrustedClasses.declare();
  }

  private static final Instant START = Instant.parse("2026-12-01T12:00:00Z");
  private static final Map<String, String> NORTH = Map.of("psp", "northpay", "region", "eu-west");
  private static final Map<String, String> SOUTH = Map.of("psp", "southpay", "region", "us-east");

  private final VirtualDesk desk = new VirtualDesk(RuleBook.defaults(), "default");

  @Test
  void theFirstFindsIt() {
    outage("a", NORTH, 3);
    assertThat(account(outageOf(NORTH))).extracting(Account::right).isEqualTo(true);
  }

  @Test
  void whatNobodyIsToldOfIsMissed() {
    assertThat(account(outageOf(NORTH)).missed()).isOne();
    outage("a", SOUTH, 3);
    Account account = account(outageOf(NORTH));
    assertThat(account.missed()).isOne();
    assertThat(account.wrong()).as("it is another PSP's").isOne();
  }

  @Test
  void whatIsOnTheScreenAloneIsNotTold() {
    desk.decide(
        new Input.BurstSeen(
            Outage.of("a", EventKind.AUTH, NORTH, at(3), 0.01).setApprovalsLost(0.1).build()),
        at(3));
    assertThat(desk.incidents()).hasSize(1);
    assertThat(account(outageOf(NORTH)).missed()).isOne();
  }

  @Test
  void aSecondIncidentOfOneCauseIsDoubled() {
    outage("a", Map.of("psp", "northpay"), 3);
    outage("b", Map.of("region", "eu-west"), 5);
    Account account = account(outageOf(NORTH));
    assertThat(account.doubled()).as("both hold the place").isOne();
    assertThat(account.right()).isFalse();
  }

  @Test
  void whatSharesNothingWithACauseIsNotOfIt() {
    outage("a", Map.of("psp", "northpay"), 3);
    Account account = account(outageOf(Map.of("region", "eu-west")));
    assertThat(List.of(account.missed(), account.wrong())).containsExactly(1, 1);
  }

  @Test
  void oneThatComesBackWhileItLastsIsToldTwice() {
    Burst burst = outage("a", NORTH, 3);
    desk.decide(new Input.BurstSeen(Outage.next(burst, BurstState.CLOSED, at(4))), at(4));
    for (int minute = 5; minute < 40; minute++) {
      desk.decide(new Input.Tick(), at(minute));
    }
    outage("b", NORTH, 45);
    assertThat(desk.incidents()).hasSize(1);
    assertThat(account(outageOf(NORTH)).doubled()).isOne();
  }

  @Test
  void whatBeginsLongAfterItOrInATrapAloneIsFalse() {
    outage("a", NORTH, 120);
    Account late = account(outageOf(NORTH));
    assertThat(List.of(late.missed(), late.wrong())).containsExactly(1, 1);
    Happening trap = new Happening("noisy_cell", at(117), at(125), NORTH);
    Account trapped = Account.of(new Truth(List.of(), List.of(trap)), desk.incidents());
    assertThat(trapped.lines()).singleElement().asString().startsWith("FALSE    trap noisy_cell");
  }

  private Burst outage(String id, Map<String, String> slice, int minute) {
    Burst burst = Outage.of(id, EventKind.AUTH, slice, at(minute), 60).build();
    desk.decide(new Input.BurstSeen(burst), at(minute));
    return burst;
  }

  private Account account(Happening happening) {
    return Account.of(new Truth(List.of(happening), List.of()), desk.incidents());
  }

  private static Happening outageOf(Map<String, String> scope) {
    return new Happening("psp_outage", START, at(30), scope);
  }

  private static Instant at(int minute) {
    return START.plus(Duration.ofMinutes(minute));
  }
}
