package io.tillwatch.rules.source;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.tillwatch.rules.source.Node.Entry;
import io.tillwatch.rules.source.Node.Listing;
import io.tillwatch.rules.source.Node.Mapping;
import io.tillwatch.rules.source.Node.Scalar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A YAML document as nodes: one document, no anchors, no key twice.
 *
 * <p>Anchors are refused because a rule that is defined elsewhere is a rule that nobody finds at
 * night. Nesting is bounded by the parser (1,000 levels), the text by {@link #CHARACTERS_MAX}.
 */
public final class YamlText {

  /** About 5,000 rules; a longer file is refused. */
  public static final int CHARACTERS_MAX = 1_000_000;

  private static final YAMLFactory YAML = new YAMLFactory();

  private final String file;
  private final Problems problems;
  private final int lineOffset;

  private YamlText(String file, int lineOffset, Problems problems) {
    this.file = file;
    this.lineOffset = lineOffset;
    this.problems = problems;
  }

  /** Reads a text; empty, with its problem written down, when it is no YAML mapping. */
  public static Optional<Mapping> read(String file, String text, Problems problems) {
    return read(file, text, 0, problems);
  }

  /** Reads a text that begins in the middle of a file, after {@code lineOffset} lines. */
  public static Optional<Mapping> read(
      String file, String text, int lineOffset, Problems problems) {
    return new YamlText(file, lineOffset, problems).read(text);
  }

  private Optional<Mapping> read(String text) {
    if (text.length() > CHARACTERS_MAX) {
      problems.add(
          new Place(file, 1, 1),
          text.length() + " characters",
          "at most " + CHARACTERS_MAX + " characters");
      return Optional.empty();
    }
    try (YAMLParser parser = YAML.createParser(text)) {
      return document(parser);
    } catch (JsonProcessingException e) {
      problems.add(placeOf(e.getLocation()), "'" + firstLine(e) + "'", "readable YAML");
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Mapping> document(YAMLParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      problems.add(new Place(file, 1 + lineOffset, 1), "an empty document", "a mapping");
      return Optional.empty();
    }
    Node root = node(parser);
    if (parser.nextToken() != null) {
      problems.add(here(parser), "a second document", "one document per file");
    }
    if (root instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    problems.add(root.place(), root.kind(), "a mapping");
    return Optional.empty();
  }

  private Node node(YAMLParser parser) throws IOException {
    Place place = here(parser);
    if (parser.isCurrentAlias() || parser.getObjectId() != null) {
      problems.add(place, "an anchor or alias", "values written out");
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping(place, parser);
      case START_ARRAY -> listing(place, parser);
      case VALUE_NULL -> new Scalar(place, "");
      default -> new Scalar(place, parser.getText());
    };
  }

  private Mapping mapping(Place place, YAMLParser parser) throws IOException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      Place keyPlace = here(parser);
      String key = parser.currentName();
      parser.nextToken();
      Entry before = entries.putIfAbsent(key, new Entry(keyPlace, node(parser)));
      if (before != null) {
        problems.add(
            keyPlace, "'" + key + "' again", "each key once; it is at " + before.keyPlace());
      }
    }
    return new Mapping(place, entries);
  }

  private Listing listing(Place place, YAMLParser parser) throws IOException {
    List<Node> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(node(parser));
    }
    return new Listing(place, items);
  }

  private Place here(YAMLParser parser) {
    return placeOf(parser.currentTokenLocation());
  }

  private Place placeOf(@Nullable JsonLocation location) {
    return location == null
        ? new Place(file, 1 + lineOffset, 1)
        : new Place(file, location.getLineNr() + lineOffset, location.getColumnNr());
  }

  private static String firstLine(JsonProcessingException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("nothing readable");
  }
}
