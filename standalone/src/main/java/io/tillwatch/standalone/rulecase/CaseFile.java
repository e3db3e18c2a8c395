package io.tillwatch.standalone.rulecase;

import io.tillwatch.rules.match.Matcher;
import io.tillwatch.rules.playbook.Vocabulary;
import io.tillwatch.rules.source.Fields;
import io.tillwatch.rules.source.Problems;
import io.tillwatch.rules.source.YamlText;
import io.tillwatch.schemas.event.ChangeEvent;
import io.tillwatch.schemas.event.ChangeType;
import io.tillwatch.schemas.event.StatusEvent;
import io.tillwatch.schemas.event.StatusIndicator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file of cases, and the rules they are of.
 *
 * @param file where it stands
 * @param rules files and folders laid over the shipped rules
 * @param cases in the order of the file
 */
record CaseFile(Path file, List<Path> rules, List<RuleCase> cases) {

  /** A case ends before this. */
  private static final Duration LENGTH_MAX = Duration.ofMinutes(SeriesText.MINUTES_MAX);

  /** Where a case begins that does not say: a Monday. */
  private static final Instant START = Instant.parse("2026-12-07T00:00:00Z");

  private static final Set<String> TARGETS = Set.of("pager", "ticket", "chat");

  /** What may be said of an incident that is expected. */
  private static final Set<String> KEYS =
      Set.of(
          "incident",
          "where",
          "begins",
          "opened-within",
          "resolved-by",
          "paged",
          "held-back-by",
          "pager",
          "ticket",
          "chat");

  CaseFile {
    rules = List.copyOf(rules);
    cases = List.copyOf(cases);
  }

  /**
   * Reads one.
   *
   * @param problems takes all that is wrong with it
   * @throws UncheckedIOException when it cannot be read
   */
  static CaseFile read(Path file, Problems problems) {
    List<Path> rules = new ArrayList<>();
    List<RuleCase> cases = new ArrayList<>();
    YamlText.read(file.toString(), textOf(file), problems)
        .ifPresent(mapping -> {
          Fields fields = new Fields(mapping, problems);
          if (fields.has("rules")) {
            fields.texts("rules").forEach(name -> rules.add(beside(file, fields, name)));
          }
          Set<String> names = new HashSet<>();
          for (Fields each : fields.mappings("tests")) {
            RuleCase read = readCase(file, each);
            if (!names.add(read.name())) {
              each.problem("name", "'" + read.name() + "' again", "another name");
            }
            cases.add(read);
          }
          fields.end("rules");
        });
    return new CaseFile(file, rules, cases);
  }

  private static String textOf(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("file of cases %s cannot be read".formatted(file), e);
    }
  }

  private static Path beside(Path file, Fields fields, String name) {
    Path path = file.resolveSibling(name);
    if (!Files.exists(path)) {
      fields.problem("rules", "'" + name + "'", "a file or folder beside " + file.getFileName());
    }
    return path;
  }

  private static RuleCase readCase(Path file, Fields fields) {
    SeriesReader series = new SeriesReader(file);
    Instant start = fields.has("start") ? fields.time("start") : START;
    if (start.toEpochMilli() % Duration.ofMinutes(1).toMillis() != 0) {
      fields.problem("start", start.toString(), "a full minute such as 2026-12-07T00:00:00Z");
    }
    RuleCase read =
        new RuleCase(
            fields.text("name"),
            start,
            fields.mappings("series").stream().map(series::read).toList(),
            fields.mappingsIfAny("changes").stream().map(each -> change(each, start)).toList(),
            fields.mappingsIfAny("notices").stream().map(each -> notice(each, start)).toList(),
            fields.mappingsIfAny("expect").stream().map(CaseFile::expected).toList());
    boolean nothing = fields.flag("expect-nothing", false);
    if (nothing == fields.has("expect")) {
      fields.problem("expect", nothing ? "both" : "neither", "expect, or expect-nothing: true");
    }
    fields.end("start", "expect", "changes", "notices");
    return read;
  }

  private static ChangeEvent change(Fields fields, Instant start) {
    Instant at = start.plus(offset(fields, "at"));
    String type = first(fields.words("type", Vocabulary.CHANGES));
    ChangeEvent change =
        ChangeEvent.newBuilder()
            .setEventId("change-" + fields.place().line())
            .setEventTime(at)
            .setType(symbol(ChangeType.class, type, ChangeType.OTHER))
            .setTitle(fields.text("title"))
            .setScope(fields.each("scope", Fields::text))
            .build();
    fields.end("scope");
    return change;
  }

  private static StatusEvent notice(Fields fields, Instant start) {
    Instant at = start.plus(offset(fields, "at"));
    String indicator = first(fields.words("indicator", Vocabulary.INDICATORS));
    StatusEvent notice =
        StatusEvent.newBuilder()
            .setEventId("notice-" + fields.place().line())
            .setEventTime(at)
            .setPsp(fields.text("psp"))
            .setIndicator(symbol(StatusIndicator.class, indicator, StatusIndicator.UNKNOWN))
            .setTitle(fields.text("title"))
            .build();
    fields.end();
    return notice;
  }

  private static String first(List<String> words) {
    return words.isEmpty() ? "" : words.getFirst();
  }

  /** What is no such word was written down as a problem when it was read. */
  private static <E extends Enum<E>> E symbol(Class<E> type, String word, E otherwise) {
    for (E symbol : type.getEnumConstants()) {
      if (symbol.name().toLowerCase(Locale.ROOT).equals(word)) {
        return symbol;
      }
    }
    return otherwise;
  }

  private static Expected expected(Fields fields) {
    Set<Map<String, String>> where = new HashSet<>();
    for (Fields cell : fields.mappingsIfAny("where")) {
      Map<String, String> slice = new HashMap<>();
      SeriesReader.dimensions(cell)
          .forEach(dimension -> slice.put(dimension, cell.text(dimension)));
      cell.end(Vocabulary.DIMENSIONS);
      where.add(slice);
    }
    Expected expected =
        new Expected(
            fields.has("incident") ? Matcher.read(fields.mapping("incident")) : Matcher.ANY,
            where,
            new Expected.Times(
                offsetIfAny(fields, "begins"),
                offsetIfAny(fields, "opened-within"),
                offsetIfAny(fields, "resolved-by")),
            fields.has("paged") ? (Boolean) fields.flag("paged", false) : null,
            routes(fields),
            fields.has("held-back-by") ? heldBackBy(fields) : null);
    if (expected.times().openedWithin() != null && expected.times().begins() == null) {
      fields.problem("opened-within", "no begins", "when what causes it begins, such as 240m");
    }
    fields.end(KEYS);
    return expected;
  }

  /** Names, or {@code nothing}. */
  private static Set<String> heldBackBy(Fields fields) {
    Set<String> names = new HashSet<>(fields.texts("held-back-by"));
    names.remove("nothing");
    return names;
  }

  private static Map<String, String> routes(Fields fields) {
    Map<String, String> routes = new TreeMap<>();
    for (String target : TARGETS) {
      if (fields.has(target)) {
        routes.put(target, fields.text(target));
      }
    }
    return routes;
  }

  private static @Nullable Duration offsetIfAny(Fields fields, String key) {
    return fields.has(key) ? offset(fields, key) : null;
  }

  private static Duration offset(Fields fields, String key) {
    return fields.duration(key, Duration.ZERO, LENGTH_MAX);
  }
}
