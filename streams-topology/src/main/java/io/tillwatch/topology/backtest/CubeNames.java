package io.tillwatch.topology.backtest;

import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The dimensions of a recording by the names it has for them.
 *
 * <p>A name that says what it is ({@code bin}, {@code ver}) becomes that dimension of ours; any
 * other takes one that is free, the first-class ones first: what is named first may be named best.
 */
final class CubeNames {

  private static final Map<String, Dimension> ALIASES =
      Map.of(
          "bin", Dimension.BIN_RANGE,
          "ver", Dimension.CONNECTOR_VERSION,
          "version", Dimension.CONNECTOR_VERSION,
          "merchant", Dimension.MERCHANT_ACCOUNT,
          "country", Dimension.ISSUER_COUNTRY);

  /** What a name of no meaning takes, in this order: the first-class ones first. */
  private static final List<Dimension> FREE = Dimension.ALL;

  private final List<String> names;
  private final List<Dimension> dimensions = new ArrayList<>();
  private final Map<Dimension, String> nameOf = new EnumMap<>(Dimension.class);

  /**
   * The dimensions of a header.
   *
   * @throws IllegalArgumentException when there are none, more than we have, or one comes twice
   */
  CubeNames(List<String> names) {
    this.names = List.copyOf(names);
    if (names.isEmpty() || names.size() > Dimension.ALL.size()) {
      throw new IllegalArgumentException(
          "%d dimensions, expected 1 to %d".formatted(names.size(), Dimension.ALL.size()));
    }
    if (Set.copyOf(names).size() < names.size()) {
      throw new IllegalArgumentException("a dimension is named twice");
    }
    for (String name : names) {
      Dimension meant = meant(name);
      if (meant != null && nameOf.putIfAbsent(meant, name) != null) {
        throw new IllegalArgumentException(
            "'%s' and '%s' are the same dimension".formatted(nameOf.get(meant), name));
      }
    }
    Deque<Dimension> free =
        FREE.stream()
            .filter(dimension -> !nameOf.containsKey(dimension))
            .collect(Collectors.toCollection(ArrayDeque::new));
    for (String name : names) {
      Dimension meant = meant(name);
      Dimension taken = meant == null ? free.removeFirst() : meant;
      nameOf.put(taken, name);
      dimensions.add(taken);
    }
  }

  private static @Nullable Dimension meant(String name) {
    Dimension alias = ALIASES.get(name.toLowerCase(Locale.ROOT));
    return alias != null ? alias : Dimension.byLabel(name).orElse(null);
  }

  /** Names in the order of the header. */
  List<String> names() {
    return names;
  }

  /** The leaf with these values in the order of the header. */
  Slice leaf(List<String> values) {
    @Nullable String[] ours = new @Nullable String[Dimension.ALL.size()];
    for (int i = 0; i < dimensions.size(); i++) {
      ours[dimensions.get(i).ordinal()] = values.get(i);
    }
    return Slice.leaf(ours);
  }

  /** The cell with these values by name; empty when a name is none of the header. */
  Optional<Slice> slice(Map<String, String> valuesByName) {
    Slice slice = Slice.TOTAL;
    for (Map.Entry<String, String> value : valuesByName.entrySet()) {
      int column = names.indexOf(value.getKey());
      if (column < 0) {
        return Optional.empty();
      }
      slice = slice.with(dimensions.get(column), value.getValue());
    }
    return Optional.of(slice);
  }

  /** A cell as {@code name=value} pairs in order of the names, joined by {@code &}. */
  String cell(Map<String, String> valuesByLabel) {
    return valuesByLabel.entrySet().stream()
        .map(value -> nameOf(value.getKey()) + "=" + value.getValue())
        .sorted()
        .collect(Collectors.joining("&"));
  }

  /** A cell as people read it: pairs apart, and {@code all} for the total. */
  static String words(String cell) {
    return cell.isEmpty() ? "all" : cell.replace('&', ' ');
  }

  private String nameOf(String label) {
    return Dimension.byLabel(label).map(nameOf::get).orElse(label);
  }
}
