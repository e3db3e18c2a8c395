package io.tillwatch.topology.detect;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a minute's leaves, added up over coarser leaves. What is left out was explained by a
 * burst already. Used again minute by minute.
 */
abstract class CoarseLeaves implements MinuteLeaves, LeafFacts {

  /** Beyond so many the numbers start over, so that what once was does not stay for ever. */
  private static final int LEAVES_MAX = 10_000;

  private final Projection projection;
  private long epoch = 1;

  /** Coarse leaves with facts in this minute, in the order they came. */
  private int[] touched = {};

  private int size;
  private boolean[] isTouched = {};

  /** The coarse leaf whose facts are told now. */
  private int current;

  CoarseLeaves(Set<Dimension> dimensions) {
    this.projection = new Projection(dimensions);
  }

  /**
   * Takes the facts of a minute's leaves, but for those that are explained.
   *
   * @param isExplained null when nothing is: names are not looked up then
   */
  void take(MinuteLeaves minute, @Nullable Predicate<Slice> isExplained) {
    for (int i = 0; i < size; i++) {
      isTouched[touched[i]] = false;
      clear(touched[i]);
    }
    size = 0;
    if (projection.size() > LEAVES_MAX) {
      projection.clear();
      epoch++;
    }
    projection.numberedAs(minute.epoch());
    for (int row = 0; row < minute.size(); row++) {
      if (isExplained == null || !isExplained.test(minute.slice(row))) {
        current = projection.numberOf(minute, row);
        minute.facts(row, this);
      }
    }
  }

  /** The coarse leaf that is told of now, by its number; marks it as one with facts. */
  int touch() {
    if (projection.size() > isTouched.length) {
      isTouched = Arrays.copyOf(isTouched, projection.size() * 3 / 2);
      touched = Arrays.copyOf(touched, isTouched.length);
      reserve(isTouched.length);
    }
    if (!isTouched[current]) {
      isTouched[current] = true;
      touched[size++] = current;
    }
    return current;
  }

  /** Makes room for so many coarse leaves. */
  abstract void reserve(int leaves);

  /** Forgets the facts of a coarse leaf. */
  abstract void clear(int leaf);

  @Override
  public int size() {
    return size;
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public int number(int row) {
    return touched[row];
  }

  @Override
  public Slice slice(int row) {
    return projection.leaf(touched[row]);
  }

  @Override
  public long firstAttempts(int row) {
    return events(row);
  }

  @Override
  public void technicalFailures(long count) {
    // Only what a watch of its own asks for is added up.
  }

  @Override
  public void money(String currency, long successes, long successSumMinor) {
    // Neither slow nor another reason has an amount.
  }
}
