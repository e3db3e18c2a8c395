package io.tillwatch.schemas.frame;

import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How the wanted fields are found in records of one writer's schema: one step for each field the
 * writer has, in its order. Made by {@link FieldPlanner}; immutable.
 */
final class FieldPlan {

  /** In place of a position: the rest is left to the careful reader. */
  private static final int LEFT = -1;

  private final Step[] steps;
  private final Preset[] presets;

  FieldPlan(List<Step> steps, List<Preset> presets) {
    this.steps = steps.toArray(Step[]::new);
    this.presets = presets.toArray(Preset[]::new);
  }

  /** The plan for this writer; null when its records are better left to the careful reader. */
  static @Nullable FieldPlan of(Schema writer, FieldChoice choice) {
    return new FieldPlanner(choice).plan(writer);
  }

  /** What is at a step's place. */
  enum Kind {
    INT,
    LONG,
    BOOLEAN,
    TEXT,
    SYMBOL,
    /** A map of texts. */
    MAP,
    /** Something nobody wants: checked and passed over. */
    OTHER
  }

  /**
   * One field of the writer.
   *
   * @param slot where its value goes; -1 for OTHER
   * @param nullBranch which branch of its union of two is null; -1 when it is no union
   * @param ordinals of the writer's symbols in the reader's enum, -1 for one it cannot read; of a
   *     boolean 0 and 1
   * @param other shape of OTHER
   * @param depth how deep in records it is
   */
  record Step(
      Kind kind,
      int slot,
      int nullBranch,
      int[] ordinals,
      FrameCheck.@Nullable Shape other,
      int depth) {}

  /**
   * What is shown of a field that the writer does not have: the reader's default.
   *
   * @param kind TEXT, MAP for an empty one, or OTHER for null; of the rest the value is shown
   */
  record Preset(Kind kind, int slot, long value) {}

  /**
   * Reads one record, to the end of the frame.
   *
   * <p>What is usual is read here, with the place in a local variable: that takes half the time of
   * a walk. Longer and rarer things are left to the walk; a number with more bytes than it needs
   * makes the whole frame one for the careful reader.
   *
   * @param bytes where the record is, from {@code from} to before {@code end}
   * @param walk over the same record
   * @return false when it is one for the careful reader
   */
  boolean read(byte[] bytes, int from, int end, FrameWalk walk, FieldView into)
      throws MalformedFrame {
    for (Preset preset : presets) {
      show(preset, into);
    }
    int at = from;
    for (Step step : steps) {
      if (step.nullBranch >= 0) {
        if (at == end) {
          return false;
        }
        int branch = bytes[at++];
        if (branch == step.nullBranch << 1) {
          into.setNull(step.slot);
          continue;
        }
        if (branch != (step.nullBranch ^ 1) << 1) {
          return false;
        }
      }
      at = readValue(step, bytes, at, end, walk, into);
      if (at == LEFT) {
        return false;
      }
    }
    return at == end;
  }

  private static void show(Preset preset, FieldView into) {
    switch (preset.kind) {
      case OTHER -> into.setNull(preset.slot);
      case TEXT -> into.setDefaultText(preset.slot);
      case MAP -> into.setMap(preset.slot, 0, 0, 0);
      case INT, LONG, BOOLEAN, SYMBOL -> into.setNumber(preset.slot, preset.value);
    }
  }

  /** Reads the value here; returns where it ends, or {@link #LEFT}. */
  private static int readValue(
      Step step, byte[] bytes, int at, int end, FrameWalk walk, FieldView into)
      throws MalformedFrame {
    return switch (step.kind) {
      case TEXT -> readText(step.slot, bytes, at, end, walk, into);
      case LONG, INT -> readNumber(step, bytes, at, end, walk, into);
      case BOOLEAN, SYMBOL -> readSymbol(step, bytes, at, end, into);
      case MAP -> readMap(step.slot, at, walk, into);
      case OTHER -> {
        walk.moveTo(at);
        Objects.requireNonNull(step.other).walk(walk, step.depth);
        yield walk.position();
      }
    };
  }

  private static int readText(
      int slot, byte[] bytes, int at, int end, FrameWalk walk, FieldView into)
      throws MalformedFrame {
    int length = at < end ? bytes[at] : -1;
    if (length >= 0 && (length & 1) == 0) {
      int from = at + 1;
      int to = from + (length >> 1);
      if (to > end) {
        return LEFT;
      }
      into.setText(slot, from, to - from);
      return to;
    }
    walk.moveTo(at);
    int from = walk.string();
    into.setText(slot, from, walk.position() - from);
    return walk.position();
  }

  private static int readNumber(
      Step step, byte[] bytes, int at, int end, FrameWalk walk, FieldView into)
      throws MalformedFrame {
    if (at < end && bytes[at] >= 0) {
      into.setNumber(step.slot, (bytes[at] >>> 1) ^ -(bytes[at] & 1));
      return at + 1;
    }
    walk.moveTo(at);
    into.setNumber(step.slot, step.kind == Kind.INT ? walk.varint32() : walk.varint64());
    return walk.position();
  }

  /** A boolean is like a symbol of two. */
  private static int readSymbol(Step step, byte[] bytes, int at, int end, FieldView into) {
    if (at == end) {
      return LEFT;
    }
    int index = bytes[at];
    if (step.kind == Kind.SYMBOL) {
      index = (index & 1) == 0 ? index >> 1 : -1;
    }
    if (index < 0 || index >= step.ordinals.length || step.ordinals[index] < 0) {
      return LEFT;
    }
    into.setNumber(step.slot, step.ordinals[index]);
    return at + 1;
  }

  private static int readMap(int slot, int at, FrameWalk walk, FieldView into)
      throws MalformedFrame {
    walk.moveTo(at);
    int entries = entries(walk);
    into.setMap(slot, at, walk.position() - at, entries);
    return walk.position();
  }

  private static int entries(FrameWalk walk) throws MalformedFrame {
    int entries = 0;
    for (int count = walk.block(); count > 0; count = walk.block()) {
      int end = walk.blockEnd();
      for (int i = 0; i < count; i++) {
        walk.string();
        walk.string();
      }
      walk.expectBlockEnd(end);
      entries += count;
    }
    return entries;
  }
}
