package io.tillwatch.schemas.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML file as flat keys: {@code a: {b-c: 1}} is {@code a.b-c}. Scalars stay text as written;
 * nulls are as if the key were not there; tags that would make objects are never looked at.
 */
final class YamlFile {

  /** No settings file of ours is near this long. */
  private static final int CHARACTERS_MAX = 1024 * 1024;

  /** A longer key can only come from an alias that holds itself. */
  private static final int KEY_MAX = 200;

  private final Path file;
  private final List<SettingsProblem> problems;
  private final Map<String, Sourced> values = new LinkedHashMap<>();

  private YamlFile(Path file, List<SettingsProblem> problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Reads the file; what is wrong with it is added to the problems. */
  static Map<String, Sourced> read(Path file, List<SettingsProblem> problems) {
    YamlFile yaml = new YamlFile(file, problems);
    yaml.read();
    return yaml.values;
  }

  private void read() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(CHARACTERS_MAX);
    options.setAllowDuplicateKeys(false);
    try (Reader reader = Files.newBufferedReader(file)) {
      Node root = new Yaml(options).compose(reader);
      if (root != null) {
        flatten("", root);
      }
    } catch (NoSuchFileException e) {
      problem(file.toString(), "(file)", "missing", "a YAML file");
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      problem(file + ":" + line, "(file)", "not YAML", String.valueOf(e.getProblem()));
    } catch (YAMLException e) {
      problem(file.toString(), "(file)", "not YAML", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      problem(file.toString(), "(file)", "unreadable", "a YAML file in UTF-8");
    }
  }

  private void flatten(String key, Node node) {
    if (key.length() > KEY_MAX) {
      problem(
          at(node), key.substring(0, KEY_MAX), "too deep", "an alias that does not hold itself");
      return;
    }
    switch (node) {
      case MappingNode mapping -> mapping(key, mapping);
      case SequenceNode sequence -> put(key, list(key, sequence), node, true);
      case ScalarNode scalar -> {
        if (!Tag.NULL.equals(scalar.getTag())) {
          put(key, List.of(scalar.getValue()), node, false);
        }
      }
      default -> problem(at(node), key, "of an unknown kind", "a value");
    }
  }

  private void mapping(String prefix, MappingNode mapping) {
    for (NodeTuple entry : mapping.getValue()) {
      if (entry.getKeyNode() instanceof ScalarNode name) {
        String key = prefix.isEmpty() ? name.getValue() : prefix + "." + name.getValue();
        flatten(key, entry.getValueNode());
      } else {
        problem(at(entry.getKeyNode()), prefix, "a key that is not text", "a name");
      }
    }
  }

  private List<String> list(String key, SequenceNode sequence) {
    List<String> items = new ArrayList<>();
    for (Node item : sequence.getValue()) {
      if (item instanceof ScalarNode scalar) {
        items.add(scalar.getValue());
      } else {
        problem(at(item), key, "a structure", "a list of plain values");
      }
    }
    return items;
  }

  private void put(String key, List<String> items, Node node, boolean isList) {
    if (key.isEmpty()) {
      problem(at(node), "(file)", "a single value or list", "keys and values");
    } else if (values.putIfAbsent(key, new Sourced(items, isList, at(node))) != null) {
      problem(at(node), key, "given twice", "each key once");
    }
  }

  private void problem(String where, String key, String found, String expected) {
    problems.add(new SettingsProblem(where, key, found, expected));
  }

  private String at(Node node) {
    return file + ":" + (node.getStartMark().getLine() + 1);
  }
}
