package io.tillwatch.load.bench.recount;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Goal: measures come back from bytes as they were, and merged are what counting all gives. */
class MeasuresTest {

  private static final int APPROVED = 0;
  private static final int DECLINED = 1;

  private static Measures some() {
    Measures measures = new Measures();
    measures.add(APPROVED, Measures.NO_REASON, 1, "EUR", 4_200, 240);
    measures.add(DECLINED, 3, 2, "EUR", 1L << 40, 0);
    return measures;
  }

  private static Measures others() {
    Measures measures = new Measures();
    measures.add(APPROVED, Measures.NO_REASON, 1, "AED", 300, Measures.NO_LATENCY);
    measures.add(DECLINED, 5, 1, "USD", 0, 30_000);
    measures.add(APPROVED, Measures.NO_REASON, 1, "EUR", 7, 240);
    return measures;
  }

  private static Measures throughBytes(Measures measures) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    measures.write(new DataOutputStream(bytes));
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    Measures read = Measures.read(in);
    assertThat(in.available()).isZero();
    return read;
  }

  @Test
  void bytesKeepEverything() throws IOException {
    assertThat(throughBytes(some())).isEqualTo(some()).hasToString(some().toString());
    assertThat(throughBytes(others())).isEqualTo(others()).isNotEqualTo(some());
    assertThat(throughBytes(new Measures())).isEqualTo(new Measures());
  }

  @Test
  void mergingIsCountingAll() {
    Measures all = some();
    all.add(APPROVED, Measures.NO_REASON, 1, "AED", 300, Measures.NO_LATENCY);
    all.add(DECLINED, 5, 1, "USD", 0, 30_000);
    all.add(APPROVED, Measures.NO_REASON, 1, "EUR", 7, 240);
    Measures merged = new Measures();
    merged.merge(some());
    merged.merge(others());
    assertThat(merged).isEqualTo(all);
    Measures otherWay = others();
    otherWay.merge(some());
    assertThat(otherWay).isEqualTo(all);
  }

  @Test
  void whatWasMergedIsACopy() {
    Measures from = some();
    Measures to = new Measures();
    to.merge(from);
    to.merge(others());
    assertThat(from).isEqualTo(some());
  }
}
