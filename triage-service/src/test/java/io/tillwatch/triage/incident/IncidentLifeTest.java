package io.tillwatch.triage.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.IncidentState;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Goal: every way between states is meant. Method: the whole table, written out. */
class IncidentLifeTest {

  private static final String TABLE =
      """
      from         | det ope ack mit rec res rev mer
      detected     |  .   x   x   x   x   x   .   x
      open         |  .   .   x   x   x   x   .   x
      acknowledged |  .   .   .   x   x   x   .   x
      mitigated    |  .   .   .   .   x   x   .   x
      recovering   |  x   x   x   x   .   x   .   x
      resolved     |  x   x   .   .   .   .   x   .
      reviewed     |  .   .   .   .   .   .   .   .
      merged       |  .   .   .   .   .   .   .   .
      """;

  @Test
  void statesMoveAsTheTableSaysAndNotOtherwise() {
    TABLE.lines().skip(1).forEach(IncidentLifeTest::checkRow);
  }

  private static void checkRow(String row) {
    String[] columns = row.split("\\|");
    IncidentState from = IncidentState.valueOf(columns[0].strip().toUpperCase(Locale.ROOT));
    String[] marks = columns[1].strip().split("\\s+");
    for (int i = 0; i < marks.length; i++) {
      IncidentState to = IncidentState.values()[i];
      assertThat(IncidentLife.legal(from, to))
          .as("%s to %s", from, to)
          .isEqualTo(marks[i].equals("x"));
    }
    assertThat(IncidentLife.legal(from, IncidentState.UNKNOWN)).isFalse();
  }
}
