package io.tillwatch.schemas.frame;

import io.tillwatch.schemas.cube.DeadLetterReason;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * The shape that a writer's schema allows, compiled to something that walks over bytes.
 *
 * <p>It is run before Avro sees the bytes and proves that the whole value, to its last byte, is one
 * record of the schema: each length within what is there, each varint minimal in reach, each union
 * and enum index in range, each string UTF-8. It allocates nothing, so that a length in the data
 * can never cost memory. What passes can be decoded by Avro's reader without surprises. Immutable
 * and thread-safe.
 */
final class FrameCheck {

  /** Deepest nesting of records, arrays and maps; deeper values could overflow the stack. */
  static final int DEPTH_MAX = 64;

  /** One element of the shape; moves the walk over its bytes. */
  interface Shape {
    void walk(FrameWalk walk, int depth) throws MalformedFrame;
  }

  private final Shape root;

  private FrameCheck(Shape root) {
    this.root = root;
  }

  static FrameCheck of(Schema writer) {
    return new FrameCheck(shapeOf(writer));
  }

  /** Checks that the bytes from here to the end are exactly one value. */
  void check(byte[] bytes, int from, FrameLimits limits) throws MalformedFrame {
    FrameWalk walk = new FrameWalk(limits);
    walk.begin(bytes, from);
    root.walk(walk, 0);
    walk.expectEnd();
  }

  /** The shape of one value of this schema. */
  static Shape shapeOf(Schema schema) {
    return shapeOf(schema, new IdentityHashMap<>());
  }

  private static Shape shapeOf(Schema schema, Map<Schema, RecordShape> records) {
    return switch (schema.getType()) {
      case NULL -> (walk, depth) -> {};
      case BOOLEAN -> (walk, depth) -> walk.bool();
      case INT -> (walk, depth) -> walk.varint32();
      case LONG -> (walk, depth) -> walk.varint64();
      case FLOAT -> (walk, depth) -> walk.skip(Float.BYTES);
      case DOUBLE -> (walk, depth) -> walk.skip(Double.BYTES);
      case STRING -> (walk, depth) -> walk.string();
      case BYTES -> (walk, depth) -> walk.bytes();
      case FIXED -> fixed(schema.getFixedSize());
      case ENUM -> enumeration(schema.getFullName(), schema.getEnumSymbols().size());
      case UNION -> union(schema.getTypes().stream().map(s -> shapeOf(s, records)).toList());
      case ARRAY -> items(shapeOf(schema.getElementType(), records));
      case MAP -> entries(shapeOf(schema.getValueType(), records));
      case RECORD -> record(schema, records);
    };
  }

  private static Shape fixed(int size) {
    return (walk, depth) -> walk.skip(size);
  }

  private static Shape enumeration(String name, int symbols) {
    return (walk, depth) -> walk.symbol(name, symbols);
  }

  private static Shape union(List<Shape> branches) {
    Shape[] shapes = branches.toArray(Shape[]::new);
    return (walk, depth) -> shapes[walk.branch(shapes.length)].walk(walk, depth);
  }

  private static Shape items(Shape item) {
    return (walk, depth) -> blocks(walk, item, within(depth), false);
  }

  private static Shape entries(Shape value) {
    return (walk, depth) -> blocks(walk, value, within(depth), true);
  }

  private static void blocks(FrameWalk walk, Shape item, int depth, boolean keyed)
      throws MalformedFrame {
    for (int count = walk.block(); count > 0; count = walk.block()) {
      int end = walk.blockEnd();
      for (int i = 0; i < count; i++) {
        if (keyed) {
          walk.string();
        }
        item.walk(walk, depth);
      }
      walk.expectBlockEnd(end);
    }
  }

  private static Shape record(Schema schema, Map<Schema, RecordShape> records) {
    RecordShape known = records.get(schema);
    if (known != null) {
      return known;
    }
    RecordShape shape = new RecordShape();
    records.put(schema, shape);
    shape.fields =
        schema.getFields().stream()
            .map(field -> shapeOf(field.schema(), records))
            .toArray(Shape[]::new);
    return shape;
  }

  private static int within(int depth) throws MalformedFrame {
    if (depth >= DEPTH_MAX) {
      throw new MalformedFrame(
          DeadLetterReason.UNDECODABLE, "nested deeper than %d".formatted(DEPTH_MAX));
    }
    return depth + 1;
  }

  /** A record; may hold itself, so its fields are set after it is made. */
  private static final class RecordShape implements Shape {
    private Shape[] fields = {};

    @Override
    public void walk(FrameWalk walk, int depth) throws MalformedFrame {
      int inner = within(depth);
      for (Shape field : fields) {
        field.walk(walk, inner);
      }
    }
  }
}
