package io.tillwatch.triage.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Goal: no tampering with the log goes unnoticed. Method: a real log, 1,000 seeded tamperings. */
class LogChainTest {

  private static final int TAMPERINGS = 1_000;

  private static List<IncidentLogEntry> log() {
    Story story = new Story();
    story.play(0, "burst A open");
    story.play(1, "ack A");
    story.play(2, "burst C open");
    story.play(5, "burst A closed");
    story.play(6, "burst C closed");
    story.play(11, "tick");
    return story.log;
  }

  @Test
  void anUntouchedLogIsWholeAndSoIsItsEnd() {
    List<IncidentLogEntry> log = log();

    assertThat(log).hasSizeGreaterThan(15);
    assertThat(LogChain.verify(log)).isEmpty();
    assertThat(LogChain.verify(log.subList(7, log.size()))).isEmpty();
  }

  @Test
  void everyTamperingIsFound() {
    List<IncidentLogEntry> log = log();
    for (int seed = 0; seed < TAMPERINGS; seed++) {
      List<IncidentLogEntry> tampered = tamper(log, new SplittableRandom(seed));
      assertThat(LogChain.verify(tampered)).as("seed %d", seed).isPresent();
    }
  }

  private static List<IncidentLogEntry> tamper(
      List<IncidentLogEntry> log, SplittableRandom random) {
    List<IncidentLogEntry> tampered = new ArrayList<>(log);
    int at = random.nextInt(log.size() - 1);
    switch (random.nextInt(4)) {
      case 0 -> tampered.set(at, edit(log.get(at), random));
      case 1 -> tampered.remove(at == 0 ? 1 : at);
      case 2 -> Collections.swap(tampered, at, at + 1);
      default -> tampered.add(at, log.get(at));
    }
    return tampered;
  }

  /** Changes one field, and half the time mends the entry's own hash as a cleverer forger would. */
  private static IncidentLogEntry edit(IncidentLogEntry entry, SplittableRandom random) {
    IncidentLogEntry.Builder edited = IncidentLogEntry.newBuilder(entry);
    switch (random.nextInt(6)) {
      case 0 -> edited.setText(entry.getText() + " ");
      case 1 -> edited.setAuthor("nobody");
      case 2 -> edited.setAt(entry.getAt().plus(Duration.ofMillis(1)));
      case 3 -> edited.setEvent(IncidentEvent.OTHER);
      case 4 -> edited.setRevision(entry.getRevision() + 1);
      default -> edited.setIncidentId("INC-00000000");
    }
    IncidentLogEntry changed = edited.build();
    return random.nextBoolean()
        ? changed
        : IncidentLogEntry.newBuilder(changed).setHash(LogChain.hash(changed)).build();
  }

  @Test
  void theBreakIsNamedWithItsPlace() {
    List<IncidentLogEntry> log = new ArrayList<>(log());
    log.remove(3);

    assertThat(LogChain.verify(log))
        .hasToString("Optional[log entry 5: found this sequence, expected sequence 4]");
  }

  /** The hash is part of the format: a log written today must verify in ten years. */
  @Test
  void theHashOfAKnownEntryStaysTheSame() {
    IncidentLogEntry entry =
        IncidentLogEntry.newBuilder()
            .setIncidentId("INC-3F9A12C4")
            .setTenant("acme")
            .setSequence(1)
            .setAt(Bursting.ONSET)
            .setEvent(IncidentEvent.OPENED)
            .setRevision(1)
            .setText("approvals 86 % → 4 %")
            .setPreviousHash("")
            .setHash("")
            .build();

    assertThat(LogChain.hash(entry))
        .isEqualTo("611949ef5238525daf2db6ca96617a0215749a49fb4a6e576127df791d29a4cd");
  }
}
