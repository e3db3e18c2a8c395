package io.tillwatch.rules.source;

import java.util.List;
import java.util.Map;

/** A piece of a YAML file that knows its place. */
public sealed interface Node {

  /** Where it begins. */
  Place place();

  /** What it is, in words, for problems. */
  String kind();

  /** A value: text, number, flag; null is an empty text that is not quoted. */
  record Scalar(Place place, String text) implements Node {
    @Override
    public String kind() {
      return text.isEmpty() ? "nothing" : "'" + text + "'";
    }
  }

  /** A list. */
  record Listing(Place place, List<Node> items) implements Node {
    public Listing {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /** Keys with values, in the order of the file. */
  record Mapping(Place place, Map<String, Entry> entries) implements Node {
    @Override
    public String kind() {
      return "a mapping";
    }
  }

  /** A key's place and its value. */
  record Entry(Place keyPlace, Node value) {}
}
