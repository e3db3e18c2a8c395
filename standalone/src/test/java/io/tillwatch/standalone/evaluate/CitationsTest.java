package io.tillwatch.standalone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.IncidentClass;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal: whatever is claimed without standing on something is counted. */
class CitationsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          northpay fails since 14:00 UTC: 86 % → 4 %.     | E1 | 0
          Settings of gw-4.12.0 without 3-D Secure fail.  | E1 | 0
          northpay fails since 14:00 UTC: 86 % → 5 %.     | E1 | 1
          northpay fails since 13:59 UTC.                 | E1 | 1
          northpay fails.                                 | E2 | 1
          northpay fails.                                 | '' | 1
          """)
  void aClaimIsCitedWhenWhatItCitesIsThereAndHasItsNumbers(
      String statement, String cited, int uncited) {
    String[] ids = cited.isEmpty() ? new String[0] : new String[] {cited};

    assertThat(
            Citations.uncited(
                Told.incident(IncidentClass.PSP_OUTAGE),
                List.of(Told.hypothesis(IncidentClass.PSP_OUTAGE, 0.9, statement, ids))))
        .isEqualTo(uncited);
  }
}
