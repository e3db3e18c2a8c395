package io.tillwatch.schemas.slice;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * A place in the cube: a value for some dimensions, all others rolled up.
 *
 * <p>Immutable and thread-safe; the hash is computed once because slices are map keys on the hot
 * path. A leaf fixes every dimension; a dimension the event had no value for is fixed to {@link
 * #NONE}. The natural order is by dimension order, rolled up first.
 */
public final class Slice implements Comparable<Slice> {

  /** Value of a dimension that the event had no value for. */
  public static final String NONE = "none";

  /** Everything: no dimension fixed. */
  public static final Slice TOTAL = new Slice(new @Nullable String[Dimension.ALL.size()]);

  private final @Nullable String[] values;
  private final int mask;
  private final int hash;

  private Slice(@Nullable String[] values) {
    this.values = values;
    int fixed = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        fixed |= 1 << i;
      }
    }
    this.mask = fixed;
    this.hash = Arrays.hashCode(values);
  }

  /** The leaf with these values in dimension order; null becomes {@link #NONE}. */
  public static Slice leaf(@Nullable String... valuesInDimensionOrder) {
    int size = Dimension.ALL.size();
    if (valuesInDimensionOrder.length != size) {
      throw new IllegalArgumentException(
          "a leaf has %d values, got %d".formatted(size, valuesInDimensionOrder.length));
    }
    @Nullable String[] copy = valuesInDimensionOrder.clone();
    for (int i = 0; i < size; i++) {
      copy[i] = Objects.requireNonNullElse(copy[i], NONE);
    }
    return new Slice(copy);
  }

  /** The slice with these values in dimension order; null rolls a dimension up. */
  public static Slice at(@Nullable String... valuesInDimensionOrder) {
    return new Slice(Arrays.copyOf(valuesInDimensionOrder, Dimension.ALL.size()));
  }

  /**
   * The slice with these values by dimension label.
   *
   * @throws IllegalArgumentException for a label that is no dimension
   */
  public static Slice of(Map<String, String> valuesByLabel) {
    @Nullable String[] values = new @Nullable String[Dimension.ALL.size()];
    valuesByLabel.forEach((label, value) -> {
      Dimension dimension =
          Dimension.byLabel(label)
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "unknown dimension '%s', expected one of %s".formatted(label, labels())));
      values[dimension.ordinal()] = value;
    });
    return new Slice(values);
  }

  private static String labels() {
    StringJoiner joiner = new StringJoiner(", ");
    Dimension.ALL.forEach(d -> joiner.add(d.label()));
    return joiner.toString();
  }

  /** This slice with one more dimension fixed, or fixed to another value. */
  public Slice with(Dimension dimension, String value) {
    @Nullable String[] copy = values.clone();
    copy[dimension.ordinal()] = value;
    return new Slice(copy);
  }

  /** This slice with all but these dimensions rolled up. */
  public Slice keep(Set<Dimension> dimensions) {
    int wanted = 0;
    for (Dimension dimension : dimensions) {
      wanted |= dimension.bit();
    }
    return keep(wanted);
  }

  /** This slice with all dimensions rolled up whose bit (by ordinal) is not in the mask. */
  public Slice keep(int wantedMask) {
    if ((mask & ~wantedMask) == 0) {
      return this;
    }
    @Nullable String[] copy = new @Nullable String[values.length];
    for (int i = 0; i < values.length; i++) {
      if ((wantedMask & (1 << i)) != 0) {
        copy[i] = values[i];
      }
    }
    return new Slice(copy);
  }

  /** Value of a dimension; null when it is rolled up. */
  public @Nullable String get(Dimension dimension) {
    return values[dimension.ordinal()];
  }

  /** The dimensions that are fixed. */
  public Set<Dimension> fixed() {
    EnumSet<Dimension> set = EnumSet.noneOf(Dimension.class);
    for (Dimension dimension : Dimension.ALL) {
      if (values[dimension.ordinal()] != null) {
        set.add(dimension);
      }
    }
    return Collections.unmodifiableSet(set);
  }

  /** The fixed dimensions as bits by ordinal: slices of the same mask form one cuboid. */
  public int mask() {
    return mask;
  }

  /** Whether every event of the other slice is also one of this slice. */
  public boolean covers(Slice other) {
    for (int i = 0; i < values.length; i++) {
      String value = values[i];
      if (value != null && !value.equals(other.values[i])) {
        return false;
      }
    }
    return true;
  }

  /** Whether some event could belong to both. */
  public boolean overlaps(Slice other) {
    for (int i = 0; i < values.length; i++) {
      String value = values[i];
      String theirs = other.values[i];
      if (value != null && theirs != null && !value.equals(theirs)) {
        return false;
      }
    }
    return true;
  }

  /** The fixed values by dimension label, in dimension order. */
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    for (Dimension dimension : Dimension.ALL) {
      String value = values[dimension.ordinal()];
      if (value != null) {
        map.put(dimension.label(), value);
      }
    }
    return map;
  }

  @Override
  public int compareTo(Slice other) {
    for (int i = 0; i < values.length; i++) {
      String a = values[i];
      String b = other.values[i];
      if (!Objects.equals(a, b)) {
        if (a == null) {
          return -1;
        }
        return b == null ? 1 : a.compareTo(b);
      }
    }
    return 0;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof Slice other && hash == other.hash && Arrays.equals(values, other.values);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /**
   * For people, for example {@code psp=northpay region=eu-west}; {@code all} when nothing is fixed.
   */
  @Override
  public String toString() {
    if (mask == 0) {
      return "all";
    }
    StringJoiner joiner = new StringJoiner(" ");
    toMap().forEach((label, value) -> joiner.add(label + "=" + value));
    return joiner.toString();
  }
}
