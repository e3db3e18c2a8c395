package io.tillwatch.load.bench.contestant.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.load.bench.contestant.AuthFields;
import io.tillwatch.load.bench.input.AuthDraw;
import io.tillwatch.load.bench.input.Market;
import io.tillwatch.load.bench.input.MarketSize;
import io.tillwatch.load.bench.recount.CellKey;
import io.tillwatch.load.bench.recount.Comparison;
import io.tillwatch.load.bench.recount.Recount;
import io.tillwatch.schemas.event.AuthEvent;
import io.tillwatch.schemas.frame.AvroSerde;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Goal: what the limit counts with columns, sorting and dense tables is what a map counts. Method:
 * a minute of drawn events, dealt out to two threads, compared cell by cell; twice with the same
 * arrays.
 */
class ClosingTest {

  private static final long MINUTE = 29_000_000;
  private static final int EVENTS = 30_000;

  private final AvroSerde<AuthEvent> serde =
      new AvroSerde<>(AuthEvent.class, "payments.auth-value", EmbeddedSchemaIds.load());
  private final Names psps = new Names();
  private final Names bins = new Names();
  private final Names regions = new Names();
  private final Names currencies = new Names();
  private final Closing closing = new Closing();
  private final List<OpenMinute> parts = List.of(new OpenMinute(), new OpenMinute());

  @Test
  void aMinuteOfTwoThreadsIsWhatTheRecountSays() {
    assertThat(differences(MINUTE, 1).first()).isNull();
    parts.forEach(OpenMinute::clear);
    assertThat(differences(MINUTE + 1, 2).first()).isNull();
  }

  private Comparison.Differences differences(long minute, long seed) {
    AuthDraw draw = new AuthDraw(new Market(MarketSize.USUAL), seed);
    Recount recount = new Recount(Long.MAX_VALUE);
    AuthFields fields = new AuthFields();
    Names.View pspCodes = psps.new View(2);
    Names.View binCodes = bins.new View(2);
    Names.View regionCodes = regions.new View(2);
    Names.View currencyCodes = currencies.new View(2);
    for (int i = 0; i < EVENTS; i++) {
      AuthDraw.Drawn drawn = draw.next(minute * CellKey.MINUTE_MILLIS + i);
      recount.add(drawn.counted());
      byte[] value = serde.toBytes(drawn.event());
      fields.read(value);
      OpenMinute part = parts.get(i % 2);
      part.minute = minute;
      part.add(
          Key.of(
              binCodes.code(value, fields.binFrom, fields.binLength),
              pspCodes.code(value, fields.pspFrom, fields.pspLength),
              regionCodes.code(value, fields.regionFrom, fields.regionLength),
              currencyCodes.code(value, fields.currencyFrom, fields.currencyLength)),
          fields);
    }
    ClosedMinute closed = closing.close(parts, psps.size(), regions.size(), currencies.size());
    Comparison comparison = recount.compare();
    for (int cell = 0; cell < closed.size; cell++) {
      long key = closed.keys[cell];
      comparison.accept(
          new CellKey(
              minute * CellKey.MINUTE_MILLIS,
              psps.name(Key.psp(key)),
              bins.name(Key.bin(key)),
              regions.name(Key.region(key))),
          closed.measures(cell, currencies));
    }
    return comparison.finish();
  }
}
