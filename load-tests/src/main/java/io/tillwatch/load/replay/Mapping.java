package io.tillwatch.load.replay;

import io.tillwatch.load.yaml.InvalidYaml;
import io.tillwatch.load.yaml.YamlMap;
import io.tillwatch.schemas.cube.EventKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the rows of a file become events, as a mapping file says it. Immutable and thread-safe. */
public final class Mapping {

  private final Rules rules;

  /**
   * What a mapping file says.
   *
   * @param event the kind of event that each row is
   * @param delimiter between the columns of a CSV file
   * @param abortsOnBadRow whether the first bad row ends the replay
   * @param purchase how rows are put together to payments; null when a field says the payment
   */
  record Rules(
      Format format,
      EventKind event,
      char delimiter,
      boolean abortsOnBadRow,
      Map<Field, FieldRule> fields,
      @Nullable PurchaseRule purchase) {

    Rules {
      fields = Map.copyOf(fields);
    }
  }

  Mapping(Rules rules) {
    this.rules = rules;
  }

  /**
   * The mapping in a file.
   *
   * @throws InvalidYaml with file and line when there is a mistake in it
   */
  public static Mapping read(Path file) throws IOException {
    return MappingFile.parse(YamlMap.read(file));
  }

  /** The kind of event that each row is. */
  public EventKind event() {
    return rules.event();
  }

  Rules rules() {
    return rules;
  }

  /** Refuses a file that lacks a column the mapping reads. */
  void checkColumns(Path data, Set<String> columns) {
    for (FieldRule rule : rules.fields.values()) {
      for (String column : rule.columns()) {
        checkColumn(data, columns, rule.place(), column);
      }
    }
    PurchaseRule purchase = rules.purchase;
    if (purchase != null) {
      purchase.same().forEach(each -> checkColumn(data, columns, purchase.place(), each));
    }
  }

  private static void checkColumn(Path data, Set<String> columns, String place, String column) {
    if (!columns.contains(column)) {
      throw new InvalidYaml(
          place,
          "column '%s' is not in %s, which has %s"
              .formatted(column, data, String.join(", ", columns)));
    }
  }
}
