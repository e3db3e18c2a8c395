package io.tillwatch.schemas.frame;

import io.tillwatch.schemas.frame.FieldPlan.Kind;
import io.tillwatch.schemas.frame.FieldPlan.Preset;
import io.tillwatch.schemas.frame.FieldPlan.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Plans how the wanted fields are found in records of one writer.
 *
 * <p>Knows the differences between writer and reader that occur in practice: fields missing, added
 * or in another order, enums that grew, null in either branch, int where we have long. Of anything
 * else (aliases, logical types that differ, wider unions) it makes no plan: there Avro's own rules
 * decide, in the careful reader.
 */
final class FieldPlanner {

  private static final int[] NO_SYMBOLS = {};
  private static final int[] FALSE_TRUE = {0, 1};

  private final FieldChoice choice;
  private final List<Step> steps = new ArrayList<>();
  private final List<Preset> presets = new ArrayList<>();

  FieldPlanner(FieldChoice choice) {
    this.choice = choice;
  }

  /** The writer's schema cannot be planned for. */
  private static final class NoPlan extends Exception {
    private static final long serialVersionUID = 1L;

    NoPlan() {
      super(null, null, false, false);
    }
  }

  /** The plan; null when there is none. The writer's schema is one the careful reader resolved. */
  @Nullable FieldPlan plan(Schema writer) {
    try {
      record(writer, choice.type(), "", 0);
      return new FieldPlan(steps, presets);
    } catch (NoPlan e) {
      return null;
    }
  }

  private void record(Schema writer, Schema reader, String prefix, int depth) throws NoPlan {
    require(writer.getType() == Schema.Type.RECORD && isSameName(writer, reader));
    for (Schema.Field field : reader.getFields()) {
      require(field.aliases().isEmpty());
      if (writer.getField(field.name()) == null) {
        missing(field, prefix + field.name());
      }
    }
    for (Schema.Field field : writer.getFields()) {
      Schema.Field ours = reader.getField(field.name());
      field(field.schema(), ours == null ? null : ours.schema(), prefix + field.name(), depth + 1);
    }
  }

  private void field(Schema writer, @Nullable Schema reader, String path, int depth) throws NoPlan {
    int slot = choice.slot(path);
    if (reader != null && choice.isWithin(path)) {
      record(writer, reader, path + ".", depth);
    } else if (reader != null && slot >= 0) {
      wanted(writer, reader, slot);
    } else {
      require(reader == null || isReadAlike(writer, reader));
      steps.add(new Step(Kind.OTHER, -1, -1, NO_SYMBOLS, FrameCheck.shapeOf(writer), depth));
    }
  }

  private void wanted(Schema writer, Schema reader, int slot) throws NoPlan {
    Schema read = valueOf(reader);
    Schema written = writer;
    int nullBranch = -1;
    if (writer.getType() == Schema.Type.UNION) {
      require(reader.getType() == Schema.Type.UNION);
      written = valueOf(writer);
      nullBranch = writer.getIndexNamed("null");
    }
    require(isReadAlike(written, read));
    steps.add(new Step(kind(written), slot, nullBranch, ordinals(written, read), null, 0));
  }

  /** The type of a value that may be null. */
  private static Schema valueOf(Schema schema) throws NoPlan {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    List<Schema> branches = schema.getTypes();
    require(branches.size() == 2 && schema.getIndexNamed("null") != null);
    return branches.get(1 - schema.getIndexNamed("null"));
  }

  private static Kind kind(Schema written) throws NoPlan {
    return switch (written.getType()) {
      case INT -> Kind.INT;
      case LONG -> Kind.LONG;
      case BOOLEAN -> Kind.BOOLEAN;
      case STRING -> Kind.TEXT;
      case ENUM -> Kind.SYMBOL;
      case MAP -> {
        require(written.getValueType().getType() == Schema.Type.STRING);
        yield Kind.MAP;
      }
      default -> throw new NoPlan();
    };
  }

  /** Symbols are the same by name; one that is not known is the reader's default, if it has one. */
  private static int[] ordinals(Schema written, Schema read) {
    if (written.getType() != Schema.Type.ENUM) {
      return written.getType() == Schema.Type.BOOLEAN ? FALSE_TRUE : NO_SYMBOLS;
    }
    int unknown = read.getEnumDefault() == null ? -1 : read.getEnumOrdinal(read.getEnumDefault());
    return written.getEnumSymbols().stream()
        .mapToInt(symbol -> read.hasEnumSymbol(symbol) ? read.getEnumOrdinal(symbol) : unknown)
        .toArray();
  }

  private void missing(Schema.Field field, String path) throws NoPlan {
    require(!choice.isWithin(path));
    int slot = choice.slot(path);
    if (slot >= 0) {
      presets.add(preset(valueOf(field.schema()), field.defaultVal(), slot));
    }
  }

  private static Preset preset(Schema read, @Nullable Object value, int slot) throws NoPlan {
    if (value == JsonProperties.NULL_VALUE) {
      return new Preset(Kind.OTHER, slot, 0);
    }
    Kind kind = kind(read);
    return switch (value) {
      case String symbol when kind == Kind.SYMBOL ->
          new Preset(kind, slot, read.getEnumOrdinal(symbol));
      case String text when kind == Kind.TEXT -> new Preset(kind, slot, text.length());
      case Boolean bool when kind == Kind.BOOLEAN -> new Preset(kind, slot, bool ? 1 : 0);
      case Integer number when kind == Kind.INT || kind == Kind.LONG ->
          new Preset(kind, slot, number);
      case Long number when kind == Kind.LONG -> new Preset(kind, slot, number);
      case Map<?, ?> map when kind == Kind.MAP && map.isEmpty() -> new Preset(kind, slot, 0);
      case null, default -> throw new NoPlan();
    };
  }

  /** Whether every value of the one is read as one of the other, and that without any thought. */
  private static boolean isReadAlike(Schema written, Schema read) {
    if (!Objects.equals(written.getLogicalType(), read.getLogicalType())) {
      return false;
    }
    if (written.getType() != read.getType()) {
      return written.getType() == Schema.Type.INT && read.getType() == Schema.Type.LONG;
    }
    return switch (written.getType()) {
      case ENUM ->
          isSameName(written, read)
              && (read.getEnumDefault() != null
                  || read.getEnumSymbols().containsAll(written.getEnumSymbols()));
      case UNION -> areReadAlike(written.getTypes(), read.getTypes());
      case ARRAY -> isReadAlike(written.getElementType(), read.getElementType());
      case MAP -> isReadAlike(written.getValueType(), read.getValueType());
      case RECORD, FIXED -> written.equals(read);
      default -> true;
    };
  }

  private static boolean areReadAlike(List<Schema> written, List<Schema> read) {
    return written.stream().allMatch(w -> read.stream().anyMatch(r -> isReadAlike(w, r)));
  }

  private static boolean isSameName(Schema written, Schema read) {
    return written.getFullName().equals(read.getFullName()) && read.getAliases().isEmpty();
  }

  private static void require(boolean holds) throws NoPlan {
    if (!holds) {
      throw new NoPlan();
    }
  }
}
