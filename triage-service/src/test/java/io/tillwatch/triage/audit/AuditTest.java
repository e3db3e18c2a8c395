package io.tillwatch.triage.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.ChainHead;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.incident.LogChain;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Goal: no tampering with the log goes unnoticed while its heads are kept elsewhere.
 *
 * <p>Method: a log of two tenants with a head every few entries, 1,000 seeded random tamperings; a
 * failure names its seed.
 */
class AuditTest {

  private static final int TAMPERINGS = 1_000;
  private static final int ENTRIES = 60;

  private final List<IncidentLogEntry> log = new ArrayList<>();
  private final List<ChainHead> heads = new ArrayList<>();

  AuditTest() {
    write("acme", 1);
    write("other", 2);
  }

  private void write(String tenant, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    String previous = "";
    for (int i = 1; i <= ENTRIES; i++) {
      IncidentLogEntry entry =
          seal(
              IncidentLogEntry.newBuilder()
                  .setIncidentId("INC-%08X".formatted(random.nextInt()))
                  .setTenant(tenant)
                  .setSequence(i)
                  .setAt(Samples.ONSET.plusSeconds(i * 20L))
                  .setEvent(IncidentEvent.values()[random.nextInt(20)])
                  .setRevision(random.nextInt(1, 9))
                  .setText("text " + random.nextInt())
                  .setPreviousHash(previous)
                  .setHash("")
                  .build());
      log.add(entry);
      previous = entry.getHash();
      if (i % 3 == 0 || i == ENTRIES) {
        heads.add(new ChainHead(tenant, entry.getSequence(), entry.getHash(), entry.getAt()));
      }
    }
  }

  private static IncidentLogEntry seal(IncidentLogEntry entry) {
    return IncidentLogEntry.newBuilder(entry).setHash(LogChain.hash(entry)).build();
  }

  @Test
  void aLogAsItWasWrittenIsWhole() {
    assertThat(findings(log, heads)).isEmpty();
    List<TenantAudit> audits = audit(log, heads);
    assertThat(audits).map(TenantAudit::tenant).containsExactly("acme", "other");
    assertThat(audits.getFirst().last()).isEqualTo(ENTRIES);
    assertThat(audits.getFirst().headsMet()).isEqualTo(ENTRIES / 3);
    assertThat(audits.getFirst().lastHash()).isEqualTo(log.get(ENTRIES - 1).getHash());
  }

  @Test
  void everyTamperingIsFound() {
    for (int seed = 0; seed < TAMPERINGS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<IncidentLogEntry> tampered = tamper(random);
      assertThat(findings(tampered, heads)).as("seed %d", seed).isNotEmpty();
    }
  }

  /** One of the two logs: what is left of the other must not be blamed. */
  private List<IncidentLogEntry> tamper(SplittableRandom random) {
    List<IncidentLogEntry> tampered = new ArrayList<>(log);
    int from = random.nextBoolean() ? 0 : ENTRIES;
    int at = from + random.nextInt(ENTRIES);
    switch (random.nextInt(7)) {
      case 0 -> tampered.set(at, edit(log.get(at), random));
      case 1 -> tampered.remove(at);
      case 2 -> tampered.add(at, foreign(log.get(at)));
      case 3 -> Collections.swap(tampered, at, from + (at - from + 1) % ENTRIES);
      case 4 -> tampered.add(at, log.get(at));
      case 5 -> tampered.subList(at, from + ENTRIES).clear();
      default -> writeAnew(tampered, at, from + ENTRIES, random);
    }
    return tampered;
  }

  /** Any field, and half the time the entry's own hash is mended too. */
  private static IncidentLogEntry edit(IncidentLogEntry entry, SplittableRandom random) {
    IncidentLogEntry.Builder edited = IncidentLogEntry.newBuilder(entry);
    boolean mend = random.nextBoolean();
    switch (random.nextInt(9)) {
      case 0 -> edited.setText(entry.getText() + " ");
      case 1 -> edited.setAuthor("nobody");
      case 2 -> edited.setAt(entry.getAt().plus(Duration.ofMillis(1)));
      case 3 -> edited.setEvent(IncidentEvent.REFUSED);
      case 4 -> edited.setRevision(entry.getRevision() + 1);
      case 5 -> edited.setIncidentId("INC-00000000");
      case 6 -> edited.setSequence(entry.getSequence() + random.nextInt(1, 9));
      case 7 -> edited.setPreviousHash("00" + entry.getPreviousHash());
      default -> {
        edited.setHash("00" + entry.getHash().substring(2));
        mend = false;
      }
    }
    return mend ? seal(edited.build()) : edited.build();
  }

  private static IncidentLogEntry foreign(IncidentLogEntry like) {
    return seal(IncidentLogEntry.newBuilder(like).setText("never happened").build());
  }

  /** Someone who knows how the chain is made writes everything anew from there on. */
  private static void writeAnew(
      List<IncidentLogEntry> tampered, int at, int end, SplittableRandom random) {
    String previous = tampered.get(at).getPreviousHash();
    for (int i = at; i < end; i++) {
      IncidentLogEntry.Builder anew = IncidentLogEntry.newBuilder(tampered.get(i));
      if (i == at) {
        anew.setText("another story " + random.nextInt());
      }
      tampered.set(i, seal(anew.setPreviousHash(previous).build()));
      previous = tampered.get(i).getHash();
    }
  }

  @Test
  void withoutHeadsAnEndThatWasCutOffIsNotFoundWhichIsWhyTheyAreKept() {
    List<IncidentLogEntry> cut = log.subList(0, ENTRIES - 5);

    assertThat(findings(cut, List.of())).isEmpty();
    assertThat(findings(cut, heads.subList(0, ENTRIES / 3)))
        .extracting(Finding::toString)
        .containsExactly(
            "log of acme, entry 56, after log-0@54: found the end of the log, expected entries up"
                + " to 60, published as the head at 2026-11-18T03:22:00Z");
  }

  @Test
  void theFirstBreakOfEachTenantIsNamedWithItsPlace() {
    List<IncidentLogEntry> tampered = new ArrayList<>(log);
    tampered.remove(ENTRIES + 9);
    tampered.remove(4);

    assertThat(findings(tampered, heads))
        .extracting(Finding::toString)
        .containsExactly(
            "log of acme, entry 6, log-0@4: found it after entry 4, expected sequence 5",
            "log of other, entry 11, log-0@68: found it after entry 9, expected sequence 10");
  }

  /** Entry 6 was the head at 03:04:00; a "!" is a cut, a "?" a beginning nobody can judge. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          7 | 6 | 400 | 2027-12-23T03:04:00Z | false | entries 1 to 6 have expired: 6 was the head
          7 | 6 | 400 | 2027-12-23T03:03:59Z | false | ? entry 6 has expired
          7 | 6 | 400 | 2027-12-23T03:03:59Z | true  | entries 1 to 6 have expired, as was said
          7 | 6 | 400 | 2027-12-21T03:04:00Z | true  | ! 2026-11-18T03:04:00Z and kept for 400 d
          7 | 6 |     | 2036-11-18T03:04:00Z | true  | ! 2026-11-18T03:04:00Z and kept for ever
          8 | 6 | 400 | 2027-12-23T03:04:40Z | false | entries 1 to 7 have expired: 8 is of
          8 | 6 | 400 | 2027-12-23T03:04:39Z | false | ? entry 7 has expired
          8 | 0 | 400 | 2027-12-23T03:04:40Z | false | entries 1 to 7 have expired: 8 is of
          8 | 0 | 400 | 2027-01-01T00:00:00Z | false | ? entry 7 has expired
          8 | 0 | 400 | 2027-01-01T00:00:00Z | true  | entries 1 to 7 have expired, as was said
          """)
  void aBeginningThatIsGoneHasExpiredOrWasCutOff(
      int first,
      int headsUpTo,
      @Nullable Integer keptDays,
      Instant now,
      boolean said,
      String what) {
    List<ChainHead> known =
        heads.stream()
            .filter(head -> head.getTenant().equals("acme"))
            .filter(head -> head.getSequence() <= headsUpTo || head.getSequence() >= first)
            .toList();
    Expiry expiry = new Expiry(Optional.ofNullable(keptDays).map(Duration::ofDays), now, said);

    TenantAudit audit = audit(log.subList(first - 1, ENTRIES), known, expiry).getFirst();

    String why = audit.finding().map(Finding::expected).orElse("");
    assertThat(audit.finding().map(Finding::undecided).orElse(false))
        .isEqualTo(what.charAt(0) == '?');
    switch (what.charAt(0)) {
      case '!' ->
          assertThat(why).isEqualTo("entry 6, published as the head at" + what.substring(1));
      case '?' ->
          assertThat(why)
              .isEqualTo("sequence 1, or a published head that shows that" + what.substring(1));
      default -> {
        assertThat(audit.finding()).isEmpty();
        assertThat(audit.expired()).startsWith(what);
      }
    }
  }

  @Test
  void whatIsLeftHasToFollowWhatWasTheHeadBeforeIt() {
    String other = "00".repeat(32);
    List<ChainHead> forged =
        List.of(new ChainHead("acme", 7L, other, Samples.ONSET.plusSeconds(140)));
    Instant later = Samples.ONSET.plus(Duration.ofDays(500));
    Expiry expiry = new Expiry(Optional.of(Duration.ofDays(400)), later, true);

    assertThat(audit(log.subList(7, ENTRIES), forged, expiry).getFirst().finding())
        .map(Finding::expected)
        .hasValue(other + ", published as the head at 2026-11-18T03:04:20Z");
  }

  /** A replay writes old events today: none of them has expired. */
  @Test
  void whetherWhatIsLeftIsOldIsJudgedByWhenItWasWritten() {
    Instant later = Samples.ONSET.plus(Duration.ofDays(500));
    Audit audit = new Audit(List.of(), new Expiry(Optional.of(Duration.ofDays(400)), later, false));
    audit.take(new Placed(log.get(7), "log-0@7", later.minus(Duration.ofDays(1))));

    assertThat(audit.end().getFirst().finding())
        .hasValueSatisfying(finding -> assertThat(finding.undecided()).isTrue());
  }

  @Test
  void aLogOfWhichEverythingExpiredIsNotCutOff() {
    Instant later = Samples.ONSET.plus(Duration.ofDays(500));
    Expiry expiry = new Expiry(Optional.of(Duration.ofDays(400)), later, false);

    assertThat(audit(List.of(), heads, expiry)).hasSize(2).allMatch(TenantAudit::whole);
    assertThat(audit(List.of(), heads, Expiry.NEVER)).hasSize(2).noneMatch(TenantAudit::whole);
  }

  private static List<Finding> findings(List<IncidentLogEntry> log, List<ChainHead> heads) {
    return audit(log, heads).stream().flatMap(each -> each.finding().stream()).toList();
  }

  private static List<TenantAudit> audit(List<IncidentLogEntry> log, List<ChainHead> heads) {
    return audit(log, heads, Expiry.NEVER);
  }

  private static List<TenantAudit> audit(
      List<IncidentLogEntry> log, List<ChainHead> heads, Expiry expiry) {
    Audit audit = new Audit(heads, expiry);
    for (int i = 0; i < log.size(); i++) {
      audit.take(new Placed(log.get(i), "log-0@" + i));
    }
    return audit.end();
  }
}
