package io.tillwatch.triage.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.frame.TrustedClasses;
import io.tillwatch.schemas.model.CallOutcome;
import io.tillwatch.schemas.model.CallStep;
import io.tillwatch.schemas.model.ModelCall;
import io.tillwatch.triage.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Goal: no tampering inside the record of model calls goes unnoticed. Method: two chains mixed,
 * 1,000 seeded random tamperings; a failure names its seed.
 */
class CallAuditTest {

  static {
    TrustedClasses.declare();
  }

  private static final int TAMPERINGS = 1_000;
  private static final int ROWS = 40;

  private final List<ModelCall> rows = new ArrayList<>();

  CallAuditTest() {
    List<ModelCall> one = chain("one");
    List<ModelCall> two = chain("two");
    for (int i = 0; i < ROWS; i++) {
      rows.add(one.get(i));
      rows.add(two.get(i));
    }
  }

  private static List<ModelCall> chain(String name) {
    List<ModelCall> chain = new ArrayList<>();
    String previous = "";
    for (int i = 1; i <= ROWS; i++) {
      boolean sending = i % 2 == 1;
      ModelCall row =
          seal(
              ModelCall.newBuilder()
                  .setChain(name)
                  .setSequence(i)
                  .setCallId("call-" + (i + 1) / 2)
                  .setStep(sending ? CallStep.SENDING : CallStep.ENDED)
                  .setAt(Samples.ONSET.plusSeconds(i))
                  .setTenant("default")
                  .setPurpose("hypotheses")
                  .setSubject("INC-A/1/" + i)
                  .setVendor("openai")
                  .setModel("test-model")
                  .setPolicy("p1")
                  .setRedactor("r1")
                  .setFields(Map.of("quote", 3L, "dropped", 9L))
                  .setRedactions(Map.of("pan", 1L))
                  .setPromptHash("00ff")
                  .setPromptBytes(900)
                  .setOutcome(sending ? CallOutcome.PENDING : CallOutcome.ANSWERED)
                  .setPreviousHash(previous)
                  .setHash("")
                  .build());
      chain.add(row);
      previous = row.getHash();
    }
    return chain;
  }

  private static ModelCall seal(ModelCall row) {
    return ModelCall.newBuilder(row).setHash(CallChain.hash(row)).build();
  }

  private static List<ChainAudit> audit(List<ModelCall> rows, Expiry expiry) {
    CallAudit audit = new CallAudit(expiry);
    for (int i = 0; i < rows.size(); i++) {
      audit.take(rows.get(i), "row " + i, rows.get(i).getAt());
    }
    return audit.end();
  }

  @Test
  void twoWholeChainsAreWhole() {
    assertThat(audit(rows, Expiry.NEVER))
        .hasSize(2)
        .allMatch(ChainAudit::whole)
        .allMatch(chain -> chain.rows() == ROWS && chain.unfinished() == 0);
  }

  @Test
  void everyTamperingIsFound() {
    for (long seed = 0; seed < TAMPERINGS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<ModelCall> tampered = new ArrayList<>(rows);
      // Not the last two: what is cut off at the end is not found by the chain.
      int at = random.nextInt(rows.size() - 2);
      ModelCall row = tampered.get(at);
      switch (random.nextInt(5)) {
        case 0 -> tampered.set(at, changed(row, random));
        case 1 -> tampered.remove(at);
        case 2 -> tampered.add(at, row);
        case 3 -> tampered.set(at, seal(changed(row, random)));
        default -> {
          tampered.set(at, tampered.get(at + 2));
          tampered.set(at + 2, row);
        }
      }
      assertThat(audit(tampered, Expiry.NEVER).stream().allMatch(ChainAudit::whole))
          .as("seed %d", seed)
          .isFalse();
    }
  }

  private static ModelCall changed(ModelCall row, SplittableRandom random) {
    ModelCall.Builder changed = ModelCall.newBuilder(row);
    switch (random.nextInt(8)) {
      case 0 -> changed.setSubject("INC-B/1/1");
      case 1 -> changed.setFields(Map.of("quote", 3L));
      case 2 -> changed.setRedactions(Map.of());
      case 3 -> changed.setOutcome(CallOutcome.DEADLINE);
      case 4 -> changed.setOutputTokens(7);
      case 5 -> changed.setAt(row.getAt().plusMillis(1));
      case 6 -> changed.setPromptHash("ff00");
      default -> changed.setModel("another");
    }
    return changed.build();
  }

  @Test
  void anAttemptWithoutAnEndIsCounted() {
    assertThat(audit(rows.subList(0, rows.size() - 1), Expiry.NEVER))
        .allMatch(ChainAudit::whole)
        .extracting(ChainAudit::unfinished)
        .containsExactly(0, 1);
  }

  @Test
  void aBeginningThatIsGoneHasExpiredOrIsWrong() {
    List<ModelCall> later = rows.subList(4, rows.size());
    Instant now = Samples.ONSET.plus(Duration.ofDays(400));
    assertThat(audit(later, Expiry.NEVER)).noneMatch(ChainAudit::whole);
    assertThat(audit(later, new Expiry(Optional.of(Duration.ofDays(400)), now, false)))
        .allMatch(ChainAudit::whole);
    assertThat(audit(later, new Expiry(Optional.of(Duration.ofDays(500)), now, false)))
        .noneMatch(ChainAudit::whole);
  }
}
