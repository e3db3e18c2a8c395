package io.tillwatch.topology.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cube.CubeSettings;
import io.tillwatch.topology.cube.Rung;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request means, and what is refused. The watermark is 2026-11-20T03:15:40Z. */
class CellsQueryTest {

  private static final long WATERMARK = millis("2026-11-20T03:15:40Z");
  private static final SortedMap<Rung, Duration> RUNGS = CubeSettings.DEFAULT.rungs();

  @Test
  void theDefaultIsTheLastQuarterHourOfAuthsByMinuteWithTheOpenMinute() {
    assertThat(parse())
        .isEqualTo(
            new CellsQuery(
                EventKind.AUTH,
                Slice.TOTAL,
                Set.of(),
                millis("2026-11-20T03:01:00Z"),
                millis("2026-11-20T03:16:00Z"),
                Step.MINUTE,
                new Held(Rung.MINUTE, Rung.MINUTE, millis("2026-11-18T03:25:00Z")),
                1_000));
  }

  @Test
  void dimensionsFixTheSliceAndByGroups() {
    CellsQuery query =
        parse("kind", "capture", "psp", "northpay", "threeDs", "yes", "by", "region, psp");
    assertThat(query.kind()).isEqualTo(EventKind.CAPTURE);
    assertThat(query.slice()).isEqualTo(Slice.of(Map.of("psp", "northpay", "threeDs", "yes")));
    assertThat(query.by()).containsExactly(Dimension.PSP, Dimension.REGION);
    assertThat(query.dimensions())
        .containsExactly(Dimension.PSP, Dimension.REGION, Dimension.THREE_DS);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T03:10:00Z,      2026-11-20T03:10:00Z",
    "2026-11-20T03:10:59.999Z,  2026-11-20T03:10:00Z",
    "2026-11-20T04:10:00+01:00, 2026-11-20T03:10:00Z",
    "2026-11-20T04:10:00 01:00, 2026-11-20T03:10:00Z",
    "1795144200000,             2026-11-20T03:10:00Z",
    "-5m,                       2026-11-20T03:10:00Z",
    "-90s,                      2026-11-20T03:14:00Z",
    "-2h,                       2026-11-20T01:15:00Z",
    "-1d,                       2026-11-19T03:15:00Z",
    "now,                       2026-11-20T03:15:00Z",
  })
  void fromTakesEveryWayToWriteATimeAndGoesDownToItsMinute(String from, String expected) {
    assertThat(QueryTime.format(parse("from", from).fromMillis())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T03:10:00Z,     2026-11-20T03:10:00Z",
    "2026-11-20T03:10:00.001Z, 2026-11-20T03:11:00Z",
    "now,                      2026-11-20T03:16:00Z",
    "-5m,                      2026-11-20T03:11:00Z",
  })
  void toIsExclusiveAndGoesUpToItsMinute(String to, String expected) {
    CellsQuery query = parse("to", to);
    assertThat(QueryTime.format(query.toMillis())).isEqualTo(expected);
    assertThat(query.toMillis() - query.fromMillis()).isEqualTo(15 * 60_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind  | payment | kind='payment'  | one of auth, capture, refund, webhook,",
        "by    | psp,bin | by='bin'        | some of psp, binRange, region,",
        "by    | psp,    | by=''           | some of psp,",
        "step  | 2m      | step='2m'       | one of 1m, 5m, 1h, 1d, all",
        "limit | 0       | limit='0'       | a whole number from 1 to 10000",
        "limit | 10001   | limit='10001'   | a whole number from 1 to 10000",
        "limit | many    | limit='many'    | a whole number",
        "from  | later   | from='later'    | ISO-8601",
        "from  | 2026-11-20T03:10:00 | from='2026-11-20T03:10:00' | with an offset",
        "to    | 999999999999999 | to='…' | ISO-8601",
        "psp   | ''      | psp=''          | 1 to 256 characters",
        "psp   | 4111-1111-1111-1111 | psp='…'  | no card number",
        "merchantAccount | acc-4111111111111111 | merchantAccount='…' | no card number",
        "kind  | 4111111111111111    | kind='…' | one of auth",
        "kind  | 4111-1111-1111-1111 | kind='…' | one of auth",
        "step  | 4111:1111x1111/1111 | step='…' | one of 1m",
        "from  | ４１１１１１１１１１１１１１１１ | from='…' | ISO-8601",
        "from  | 2026-11-20T4111111111111111 | from='…' | ISO-8601",
      })
  void aWrongValueIsRepeatedWithWhatWasExpected(
      String name, String value, String message, String expected) {
    assertThatThrownBy(() -> parse(name, value))
        .isInstanceOf(Refusal.class)
        .hasMessage(message)
        .asInstanceOf(InstanceOfAssertFactories.type(Refusal.class))
        .satisfies(refusal -> assertThat(refusal.reason().status()).isEqualTo(400))
        .satisfies(refusal -> assertThat(refusal.expected()).contains(expected));
  }

  /** Acquirers number merchants with 15 digits. */
  @Test
  void aLongNumberThatIsNoCardMayBeAskedFor() {
    assertThat(parse("merchantAccount", "100000000000015").slice())
        .isEqualTo(Slice.of(Map.of("merchantAccount", "100000000000015")));
  }

  @Test
  void aParameterGivenTwiceIsRefused() {
    assertThatThrownBy(() ->
            CellsQuery.parse(Map.of("psp", List.of("northpay", "southpay")), WATERMARK, RUNGS))
        .isInstanceOf(Refusal.class)
        .hasMessage("psp='northpay,southpay'");
  }

  @Test
  void aRangeThatEndsBeforeItStartsIsRefused() {
    assertThatThrownBy(() -> parse("from", "-5m", "to", "-10m"))
        .isInstanceOf(Refusal.class)
        .hasMessage("from='2026-11-20T03:10:00Z'");
  }

  /** Minutes are held for two days, hours for sixty, days for two years. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "     | -15m  | 1m  | 1m | 1m | 2026-11-20T03:00:00Z | 2026-11-18T03:25:00Z",
        "     | -3d   | 1h  | 1h | 1h | 2026-11-17T03:00:00Z | 2026-09-21T03:00:00Z",
        "     | -30d  | 1h  | 1h | 1h | 2026-10-21T03:00:00Z | 2026-09-21T03:00:00Z",
        "     | -90d  | 1d  | 1d | 1d | 2026-08-22T00:00:00Z | 2024-11-20T00:00:00Z",
        "     | -900d | 1d  | 1d | 1d | 2024-06-03T00:00:00Z | 2024-11-20T00:00:00Z",
        "1h   | -2h   | 1h  | 1m | 1h | 2026-11-20T01:15:00Z | 2026-09-21T03:00:00Z",
        "1d   | -30d  | 1d  | 1h | 1d | 2026-10-21T03:00:00Z | 2024-11-20T00:00:00Z",
        "all  | -15m  | all | 1m | 1d | 2026-11-20T03:00:00Z | 2024-11-20T00:00:00Z",
        "all  | -90d  | all | 1d | 1d | 2026-08-22T00:00:00Z | 2024-11-20T00:00:00Z",
        "1m   | -3d   | 1m  | 1m | 1m | 2026-11-17T03:15:00Z | 2026-11-18T03:25:00Z",
      })
  void theFinestCellsThatAreHeldDecide(
      @Nullable String step,
      String from,
      String taken,
      String resolution,
      String coarsest,
      String first,
      String heldFrom) {
    CellsQuery query = step == null ? parse("from", from) : parse("step", step, "from", from);
    assertThat(query.step().label()).isEqualTo(taken);
    assertThat(query.held().resolution().label()).isEqualTo(resolution);
    assertThat(query.held().coarsest().label()).isEqualTo(coarsest);
    assertThat(QueryTime.format(query.fromMillis())).isEqualTo(first);
    assertThat(QueryTime.format(query.held().fromMillis())).isEqualTo(heldFrom);
  }

  @Test
  void anOldRangeGrowsToWholeHoursOrDaysAtBothEnds() {
    CellsQuery query = parse("step", "all", "from", "-50d", "to", "-3d");
    assertThat(QueryTime.format(query.fromMillis())).isEqualTo("2026-10-01T03:00:00Z");
    assertThat(QueryTime.format(query.toMillis())).isEqualTo("2026-11-17T04:00:00Z");
    CellsQuery older = parse("step", "all", "from", "-500d", "to", "-100d");
    assertThat(QueryTime.format(older.toMillis())).isEqualTo("2026-08-13T00:00:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "1m, -7d, -8d",
    "5m, -34d, -36d",
    "1h, -399d, -401d",
    "1d, -3999d, -4001d",
    "all, -3999d, -4001d"
  })
  void eachStepHasItsLongestRange(String step, String allowed, String tooLong) {
    parse("step", step, "from", allowed, "to", "-1h");
    assertThatThrownBy(() -> parse("step", step, "from", tooLong))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("is longer than")
        .asInstanceOf(InstanceOfAssertFactories.type(Refusal.class))
        .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.RANGE_TOO_LARGE))
        .satisfies(refusal -> assertThat(refusal.expected()).contains("or a wider step"));
  }

  @Test
  void aCardNumberInAParameterIsNotRepeated() {
    assertThatThrownBy(() -> parse("kind", "4111111111111111")).hasMessage("kind='…'");
    assertThatThrownBy(() -> CellsQuery.parse(Map.of("4111111111111111", List.of("x")), 0, RUNGS))
        .hasMessage("unknown parameter '…'");
  }

  private static CellsQuery parse(String... namesAndValues) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], List.of(namesAndValues[i + 1]));
    }
    return CellsQuery.parse(values, WATERMARK, RUNGS);
  }

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }
}
