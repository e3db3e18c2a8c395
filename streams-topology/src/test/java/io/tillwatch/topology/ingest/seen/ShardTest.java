package io.tillwatch.topology.ingest.seen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: a shard finds what was added and nothing else. Method: seeded entries beside a map. */
class ShardTest {

  private static final long SEED = 20261120;

  /** Entries whose homes and tags are alike stand in each other's way. */
  private static final long HOME_AND_TAG = 0xFFFF_FFFF_0000_0FFFL;

  private final SplittableRandom random = new SplittableRandom(SEED);

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 63, 64, 65, 128, 5_000})
  void findsWhatWasAdded(int entries) {
    Shard shard = new Shard();
    List<long[]> added = fill(shard, entries);
    assertThat(shard.count()).isEqualTo(entries);
    for (long[] entry : added) {
      assertThat(shard.find(entry[0], rest(entry[1]))).isEqualTo(entry[1]);
      assertThat(shard.find(entry[0] + 1, rest(entry[1]))).isEqualTo(Shard.NONE);
      assertThat(shard.find(entry[0], rest(entry[1]) ^ 1L << 40)).isEqualTo(Shard.NONE);
    }
  }

  @Test
  void tellsApartWhatLooksAlikeInTheIndex() {
    Shard shard = new Shard();
    long alike = random.nextLong() & HOME_AND_TAG;
    List<long[]> added = new ArrayList<>();
    for (long i = 1; i < 300; i++) {
      added.add(new long[] {alike | i << 12, i << IdHash.VALUE_BITS | 7});
      shard.add(added.getLast()[0], added.getLast()[1]);
    }
    // The same place under another rest is another id.
    shard.add(added.getFirst()[0], 999L << IdHash.VALUE_BITS | 8);
    for (long[] entry : added) {
      assertThat(shard.find(entry[0], rest(entry[1]))).isEqualTo(entry[1]);
    }
    assertThat(shard.find(added.getFirst()[0], 999L << IdHash.VALUE_BITS))
        .isEqualTo(999L << IdHash.VALUE_BITS | 8);
    assertThat(shard.find(alike | 300L << 12, 300L << IdHash.VALUE_BITS)).isEqualTo(Shard.NONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 64, 100, 4_097})
  void givesAllInOrderAndBeginsAnew(int entries) {
    Shard shard = new Shard();
    TreeMap<Long, Long> expected = new TreeMap<>(Long::compareUnsigned);
    fill(shard, entries).forEach(entry -> expected.put(entry[0], entry[1]));
    long[] taken = shard.take();
    assertThat(taken).hasSize(Entries.LONGS * entries);
    int at = 0;
    for (var entry : expected.entrySet()) {
      assertThat(taken[at++]).isEqualTo(entry.getKey());
      assertThat(taken[at++]).isEqualTo(entry.getValue());
    }
    assertThat(shard.count()).isZero();
    List<long[]> again = fill(shard, 100);
    assertThat(shard.find(again.getFirst()[0], rest(again.getFirst()[1])))
        .isEqualTo(again.getFirst()[1]);
    expected.forEach(
        (place, rest) -> assertThat(shard.find(place, rest(rest))).isEqualTo(Shard.NONE));
  }

  private List<long[]> fill(Shard shard, int entries) {
    List<long[]> added = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      long[] entry = {random.nextLong() | 1, random.nextLong() | 1};
      added.add(entry);
      shard.add(entry[0], entry[1]);
    }
    return added;
  }

  /** What is looked for: without the bits of the value. */
  private static long rest(long whole) {
    return whole & ~IdHash.VALUE_MASK;
  }
}
