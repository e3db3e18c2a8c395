package io.tillwatch.topology.cube;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.slice.Slice;
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

  private final KeyValueStore<String, byte[]> store = store();

  @Test
  void valuesBeyondTheMostAreNotListed() {
    Members members = new Members(store, EventKind.AUTH, 48 * HOUR);
    for (int i = 0; i < Members.MEMBERS_MAX + 5; i++) {
      members.see(leaf("psp-" + i), NOW);
    }
    assertThat(keys("AUTH/psp/")).hasSize(Members.MEMBERS_MAX).contains("AUTH/psp/psp-0");
    assertThat(keys("AUTH/region/")).containsExactly("AUTH/region/eu");
    assertThat(members.unlisted()).isEqualTo(5);
  }

  @Test
  void listedValuesAreKeptOverARestartAndMakeRoomWhenForgotten() {
    Members before = new Members(store, EventKind.AUTH, 48 * HOUR);
    for (int i = 0; i < Members.MEMBERS_MAX; i++) {
      before.see(leaf("psp-" + i), NOW);
    }
    Members members = new Members(store, EventKind.AUTH, 48 * HOUR);
    members.see(leaf("late"), NOW);
    assertThat(keys("AUTH/psp/")).hasSize(Members.MEMBERS_MAX).doesNotContain("AUTH/psp/late");
    members.forget(NOW + 50 * HOUR);
    members.see(leaf("late"), NOW + 50 * HOUR);
    assertThat(keys("AUTH/psp/")).containsExactly("AUTH/psp/late");
  }

  private static Slice leaf(String psp) {
    return Slice.leaf(psp, "visa", "eu", "card", "visa", "DE", "shop", "gw", "yes");
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
