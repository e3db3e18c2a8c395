package io.tillwatch.triage.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.ChainHead;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.incident.LogChain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

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

  @Test
  void aLogThatExpiredAtItsBeginningIsWholeWhenThatIsSaid() {
    List<IncidentLogEntry> rest = log.subList(7, ENTRIES);

    assertThat(findings(rest, List.of())).hasSize(1);
    Audit audit = new Audit(heads.subList(0, ENTRIES / 3), Audit.ANYWHERE);
    rest.forEach(entry -> audit.take(new Placed(entry, "log")));
    assertThat(audit.end()).allMatch(TenantAudit::whole);
  }

  private static List<Finding> findings(List<IncidentLogEntry> log, List<ChainHead> heads) {
    return audit(log, heads).stream().flatMap(each -> each.finding().stream()).toList();
  }

  private static List<TenantAudit> audit(List<IncidentLogEntry> log, List<ChainHead> heads) {
    Audit audit = new Audit(heads, 1);
    for (int i = 0; i < log.size(); i++) {
      audit.take(new Placed(log.get(i), "log-0@" + i));
    }
    return audit.end();
  }
}
