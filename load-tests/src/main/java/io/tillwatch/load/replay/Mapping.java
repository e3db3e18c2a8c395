package io.tillwatch.load.replay;

import io.tillwatch.load.yaml.InvalidYaml;
import io.tillwatch.load.yaml.YamlMap;
import io.tillwatch.schemas.cube.EventKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of a file become events, as a mapping file says it.
 *
 * @param event the kind of event that each row is
 * @param delimiter between the columns of a CSV file
 * @param abortsOnBadRow whether the first bad row ends the replay
 * @param fields by field, each at most once
 * @param purchase how rows are put together to payments; null when a field says the payment
 */
public record Mapping(
    String file,
    Format format,
    EventKind event,
    char delimiter,
    boolean abortsOnBadRow,
    Map<Field, FieldRule> fields,
    @Nullable PurchaseRule purchase) {

  public Mapping {
    fields = Map.copyOf(fields);
  }

  /**
   * The mapping in a file.
   *
   * @throws InvalidYaml with file and line when there is a mistake in it
   */
  public static Mapping read(Path file) throws IOException {
    return MappingFile.parse(file.toString(), YamlMap.read(file));
  }

  Optional<FieldRule> rule(Field field) {
    return Optional.ofNullable(fields.get(field));
  }

  /** Refuses a file that lacks a column the mapping reads. */
  void checkColumns(Path data, Set<String> columns) {
    for (FieldRule rule : fields.values()) {
      for (String column : rule.columns()) {
        checkColumn(data, columns, rule.place(), column);
      }
    }
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
