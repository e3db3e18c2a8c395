package io.tillwatch.schemas.frame;

import java.util.List;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How the wanted fields are found in records of one writer's schema: one step for each field the
 * writer has, in its order. Made by {@link FieldPlanner}; immutable.
 */
final class FieldPlan {

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
   * @param name of the enum, for messages
   * @param ordinals of the writer's symbols in the reader's enum, -1 for one it cannot read
   * @param other shape of OTHER
   * @param depth how deep in records it is
   */
  record Step(
      Kind kind,
      int slot,
      int nullBranch,
      String name,
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
   * Walks over one record, to the end of the frame.
   *
   * @return false when a symbol stands for nothing the reader knows
   */
  boolean read(FrameWalk walk, FieldView into) throws MalformedFrame {
    for (Preset preset : presets) {
      show(preset, into);
    }
    for (Step step : steps) {
      if (step.nullBranch >= 0 && walk.branch(2) == step.nullBranch) {
        into.setNull(step.slot);
      } else if (!readValue(step, walk, into)) {
        return false;
      }
    }
    walk.expectEnd();
    return true;
  }

  private static void show(Preset preset, FieldView into) {
    switch (preset.kind) {
      case OTHER -> into.setNull(preset.slot);
      case TEXT -> into.setDefaultText(preset.slot);
      case MAP -> into.setMap(preset.slot, 0, 0, 0);
      case INT, LONG, BOOLEAN, SYMBOL -> into.setNumber(preset.slot, preset.value);
    }
  }

  private static boolean readValue(Step step, FrameWalk walk, FieldView into)
      throws MalformedFrame {
    int slot = step.slot;
    switch (step.kind) {
      case INT -> into.setNumber(slot, walk.varint32());
      case LONG -> into.setNumber(slot, walk.varint64());
      case BOOLEAN -> into.setNumber(slot, walk.bool());
      case TEXT -> {
        int from = walk.string();
        into.setText(slot, from, walk.position() - from);
      }
      case SYMBOL -> {
        int ordinal = step.ordinals[walk.symbol(step.name, step.ordinals.length)];
        into.setNumber(slot, ordinal);
        return ordinal >= 0;
      }
      case MAP -> {
        int from = walk.position();
        int entries = entries(walk);
        into.setMap(slot, from, walk.position() - from, entries);
      }
      case OTHER -> {
        if (step.other != null) {
          step.other.walk(walk, step.depth);
        }
      }
    }
    return true;
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
