package io.tillwatch.load.yaml;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A mapping of a YAML file that knows the line of every value. */
public final class YamlMap {

  private final String file;
  private final MappingNode node;
  private final Map<String, Node> values = new LinkedHashMap<>();

  private YamlMap(String file, MappingNode node) {
    this.file = file;
    this.node = node;
    for (NodeTuple tuple : node.getValue()) {
      String key = scalar(tuple.getKeyNode(), "a key");
      if (values.put(key, tuple.getValueNode()) != null) {
        throw problem(tuple.getKeyNode(), "'%s' is there twice".formatted(key));
      }
    }
  }

  /**
   * The mapping that a file holds.
   *
   * @throws InvalidYaml when it holds something else
   */
  public static YamlMap read(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return read(file.toString(), reader);
    }
  }

  /** The mapping that a text holds; the name stands for the file in messages. */
  public static YamlMap read(String name, Reader text) {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    try {
      Node root = new Yaml(options).compose(text);
      if (root instanceof MappingNode mapping) {
        return new YamlMap(name, mapping);
      }
      throw new InvalidYaml(name + ":1", "expected a mapping of keys to values");
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new InvalidYaml(name + ":" + line, "no YAML: " + e.getProblem());
    }
  }

  /** Refuses keys other than these. */
  public YamlMap only(Collection<String> known) {
    values.forEach((key, value) -> {
      if (!known.contains(key)) {
        throw problem(value, "unknown key '%s', expected one of %s".formatted(key, sorted(known)));
      }
    });
    return this;
  }

  private static String sorted(Collection<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }

  /** The keys in the order of the file. */
  public Set<String> keys() {
    return values.keySet();
  }

  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** Whether the value of a key is a plain one: no list, no mapping. */
  public boolean isScalar(String key) {
    return values.get(key) instanceof ScalarNode;
  }

  /** The text of a key that must be there. */
  public String text(String key) {
    return scalar(required(key), "'" + key + "'");
  }

  public Optional<String> optionalText(String key) {
    return Optional.ofNullable(values.get(key)).map(value -> scalar(value, "'" + key + "'"));
  }

  /** A number between two bounds, both included; the default when the key is not there. */
  public double number(String key, double otherwise, double least, double most) {
    if (!has(key)) {
      return otherwise;
    }
    String text = text(key);
    double number = parsed(key, text);
    if (!(number >= least && number <= most)) {
      throw problem(
          key, "%s is '%s', expected a number from %s to %s".formatted(key, text, least, most));
    }
    return number;
  }

  private double parsed(String key, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw problem(key, "%s is '%s', expected a number".formatted(key, text));
    }
  }

  /** A duration such as {@code 90s}, {@code 3m}, {@code -5h} or {@code 1d}. */
  public Duration duration(String key) {
    return Durations.parse(text(key))
        .orElseThrow(() ->
            problem(
                key,
                "%s is '%s', expected a duration such as 90s, 3m, 5h or 1d"
                    .formatted(key, text(key))));
  }

  /** The texts of a list; none when the key is not there. */
  public List<String> texts(String key) {
    Node value = values.get(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof SequenceNode sequence)) {
      throw problem(value, "'%s' is no list".formatted(key));
    }
    return sequence.getValue().stream().map(each -> scalar(each, "an item")).toList();
  }

  /** The mappings of a list; none when the key is not there. */
  public List<YamlMap> maps(String key) {
    Node value = values.get(key);
    if (value == null) {
      return List.of();
    }
    if (!(value instanceof SequenceNode sequence)) {
      throw problem(value, "'%s' is no list".formatted(key));
    }
    List<YamlMap> maps = new ArrayList<>();
    for (Node each : sequence.getValue()) {
      maps.add(mapping(each, "an item of '" + key + "'"));
    }
    return maps;
  }

  /** The mapping of a key; empty when the key is not there. */
  public Optional<YamlMap> map(String key) {
    return Optional.ofNullable(values.get(key)).map(v -> mapping(v, "'" + key + "'"));
  }

  /** All values as texts, in the order of the file. */
  public Map<String, String> toTexts() {
    Map<String, String> texts = new LinkedHashMap<>();
    values.forEach((key, value) -> texts.put(key, scalar(value, "'" + key + "'")));
    return texts;
  }

  /** File and line of this mapping. */
  public String place() {
    return place(node);
  }

  /** A mistake in the value of a key, or in this mapping when the key is not there. */
  public InvalidYaml problem(String key, String message) {
    return problem(values.getOrDefault(key, node), message);
  }

  private InvalidYaml problem(Node at, String message) {
    return new InvalidYaml(place(at), message);
  }

  private String place(Node at) {
    return file + ":" + (at.getStartMark().getLine() + 1);
  }

  private Node required(String key) {
    Node value = values.get(key);
    if (value == null) {
      throw problem(node, "'%s' is missing".formatted(key));
    }
    return value;
  }

  private YamlMap mapping(Node value, String what) {
    if (value instanceof MappingNode mapping) {
      return new YamlMap(file, mapping);
    }
    throw problem(value, "%s is no mapping of keys to values".formatted(what));
  }

  private String scalar(Node value, String what) {
    if (value instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw problem(value, "%s is no plain value".formatted(what));
  }
}
