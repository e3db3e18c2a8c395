package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.frame.FieldView;
import io.tillwatch.topology.cell.Dictionary;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * Numbers the values of a field with few of them by a dictionary, which others add to as well, and
 * remembers which of them the field's rule allows: it looks at each value once. Used by one task.
 */
final class AllowedValues {

  /** For a value that is not allowed, or new when the dictionary is full. */
  static final int NOT_ALLOWED = 0;

  private static final int CODES_MIN = 16;

  private final Dictionary values;
  private final int valuesMax;
  private final Predicate<String> rule;
  private boolean[] allowed = new boolean[CODES_MIN];

  /**
   * The values of a dictionary.
   *
   * @param valuesMax beyond so many it adds none
   */
  AllowedValues(Dictionary values, int valuesMax, Predicate<String> rule) {
    this.values = values;
    this.valuesMax = valuesMax;
    this.rule = rule;
  }

  /** The number of the value in a slot that is not null, or {@link #NOT_ALLOWED}. */
  int code(FieldView fields, int slot) {
    byte[] bytes = fields.bytes(slot);
    int from = fields.from(slot);
    int length = fields.length(slot);
    int code = values.find(bytes, from, length);
    return code < allowed.length && allowed[code] ? code : look(fields, slot);
  }

  private int look(FieldView fields, int slot) {
    if (isFull() || !fields.isWellFormed(slot) || !rule.test(fields.text(slot))) {
      return NOT_ALLOWED;
    }
    int code = values.codeOf(fields.bytes(slot), fields.from(slot), fields.length(slot));
    if (code >= allowed.length) {
      allowed = Arrays.copyOf(allowed, code * 2);
    }
    allowed[code] = true;
    return code;
  }

  private boolean isFull() {
    return values.size() >= valuesMax || !values.hasRoom();
  }

  /** Forgets what is allowed: the numbers mean nothing any more. */
  void forget() {
    Arrays.fill(allowed, false);
  }
}
