package io.tillwatch.topology.cube;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.frame.EmbeddedSchemaIds;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.cell.CellTable;
import io.tillwatch.topology.cell.Dictionary;
import io.tillwatch.topology.combine.Combine;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class MembersTest {

  private static final long HOUR = 3_600_000;
  private static final long NOW = 1_772_445_600_000L;
  private static final int VALUES_MAX = 20;

  private final KeyValueStore<String, byte[]> store = store();

  @Test
  void valuesBeyondTheMostAreFoldedAndThoseThatHadRoomAreNot() {
    Members members = members(VALUES_MAX);
    Dictionary psps = new Dictionary(1_000);
    for (int i = 0; i < VALUES_MAX; i++) {
      assertThat(psps.value(code(members, psps, "psp-" + i, NOW))).isEqualTo("psp-" + i);
    }
    assertThat(members.full()).isZero();
    assertThat(psps.value(code(members, psps, "late", NOW))).isEqualTo("other");
    assertThat(members.full()).isEqualTo(1 << Dimension.PSP.ordinal());
    assertThat(psps.value(code(members, new Dictionary(9), "psp-3", NOW))).isNotNull();
    assertThat(keys("AUTH/psp/")).hasSize(VALUES_MAX + 1).contains("AUTH/psp/other");
  }

  @Test
  void foldedValuesAreThemselvesAgainWhenTheLimitIsRaised() {
    Members before = members(1);
    code(before, new Dictionary(9), "first", NOW);
    code(before, new Dictionary(9), "second", NOW);
    Dictionary psps = new Dictionary(9);
    assertThat(psps.value(code(members(4), psps, "second", NOW))).isEqualTo("second");
  }

  @Test
  void noDimensionTakesMoreThanHalfOfTheNumbersThereAre() {
    assertThat(members(50_000).room(Dimension.THREE_DS)).isEqualTo(7);
    assertThat(members(50_000).room(Dimension.BIN_RANGE)).isEqualTo(50_000);
  }

  @Test
  void listedValuesAreKeptOverARestartAndMakeRoomWhenForgotten() {
    Members before = members(VALUES_MAX);
    for (int i = 0; i < VALUES_MAX; i++) {
      code(before, new Dictionary(99), "psp-" + i, NOW);
    }
    Members members = members(VALUES_MAX);
    Dictionary psps = new Dictionary(99);
    assertThat(psps.value(code(members, psps, "late", NOW))).isEqualTo("other");
    assertThat(members.forget(NOW + 50 * HOUR)).isTrue();
    Dictionary afresh = new Dictionary(99);
    assertThat(afresh.value(code(members, afresh, "late", NOW + 50 * HOUR))).isEqualTo("late");
    assertThat(keys("AUTH/psp/")).containsExactly("AUTH/psp/late");
  }

  @Test
  void aValueThatIsStillSeenIsNotForgotten() {
    Members members = members(VALUES_MAX);
    Numbering numbering = Numbering.of(1, Combine.blocks(EmbeddedSchemaIds.load()));
    CellTable leaves = new CellTable();
    leaves.row(
        numbering
            .index()
            .number(Slice.leaf("p", "visa", "eu", "card", "visa", "DE", "shop", "gw", "yes")));
    for (int hour = 0; hour < 60; hour++) {
      members.see(leaves, numbering, NOW + hour * HOUR);
    }
    assertThat(members.forget(NOW + 60 * HOUR)).isFalse();
    assertThat(keys("AUTH/region/")).containsExactly("AUTH/region/eu");
  }

  private Members members(int valuesMax) {
    return new Members(store, EventKind.AUTH, 48 * HOUR, valuesMax);
  }

  private static int code(Members members, Dictionary values, String value, long minute) {
    return members.code(Dimension.PSP, value, values, minute);
  }

  private List<String> keys(String prefix) {
    List<String> keys = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> all = store.range(prefix, prefix + Character.MAX_VALUE)) {
      all.forEachRemaining(entry -> keys.add(entry.key));
    }
    return keys;
  }

  private static KeyValueStore<String, byte[]> store() {
    KeyValueStore<String, byte[]> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore("members"), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .withCachingDisabled()
            .build();
    store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
    return store;
  }
}
