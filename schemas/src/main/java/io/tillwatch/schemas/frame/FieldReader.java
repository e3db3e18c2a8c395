package io.tillwatch.schemas.frame;

import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads a few fields of framed records straight from the bytes, for those who need no record.
 *
 * <p>The whole frame is checked as {@link FramedReader} checks it, but for the bytes of the texts
 * that it shows: most who take one over compare it with what they know, or look at each byte, and
 * the others ask {@link FieldView#isWellFormed}. What it reads has the values the record would
 * have. It never refuses: for all it does not read, the careful reader decides. Asks no registry: a
 * schema id is planned for once the careful reader has resolved it. Allocates nothing after that.
 * Used by one thread.
 */
public final class FieldReader<T extends SpecificRecord> {

  /** Schema ids planned for; records of more are left to the careful reader. About 2 KiB each. */
  private static final int PLANS_MAX = 64;

  private final FramedReader<T> careful;
  private final FieldChoice choice;
  private final FrameLimits limits;
  private final FrameWalk walk;
  private final int[] ids = new int[PLANS_MAX];
  private final @Nullable FieldPlan[] plans = new @Nullable FieldPlan[PLANS_MAX];
  private int planned;
  private int latest;

  /**
   * A reader of these fields.
   *
   * @param paths names of fields, with dots into records: {@code step.eventId}; a field's slot is
   *     its place here
   * @throws IllegalArgumentException when the type has no such field, or one of a type that cannot
   *     be viewed
   */
  public FieldReader(FramedReader<T> careful, List<String> paths) {
    this.careful = careful;
    this.choice =
        new FieldChoice(SpecificData.getForClass(careful.type()).getSchema(careful.type()), paths);
    this.limits = careful.limits();
    this.walk = new FrameWalk(limits);
  }

  /** A view to read into. */
  public FieldView view() {
    return new FieldView(choice.defaultTexts());
  }

  /**
   * Reads the fields of the frame that is all of an array.
   *
   * @see #read(byte[], int, int, FieldView)
   */
  public boolean read(byte[] frame, FieldView into) {
    return read(frame, 0, frame.length, into);
  }

  /**
   * Reads the fields of a frame within an array; nothing outside of it is looked at.
   *
   * @param bytes where the frame is, {@code length} bytes from {@code from}
   * @param into a view this reader made; holds nothing of use when the answer is no
   * @return whether it could; if not, ask the careful reader, who may read or refuse it
   */
  public boolean read(byte[] bytes, int from, int length, FieldView into) {
    if (length < Frame.HEADER_BYTES || length > limits.bytes() || bytes[from] != Frame.MAGIC) {
      return false;
    }
    FieldPlan plan = plan(Frame.idOf(bytes, from));
    if (plan == null) {
      return false;
    }
    int content = from + Frame.HEADER_BYTES;
    int end = from + length;
    walk.begin(bytes, content, end);
    into.begin(bytes);
    try {
      return plan.read(bytes, content, end, walk, into);
    } catch (MalformedFrame e) {
      return false; // The careful reader will find the same and say so.
    }
  }

  private @Nullable FieldPlan plan(int id) {
    if (latest < planned && ids[latest] == id) {
      return plans[latest];
    }
    for (int i = 0; i < planned; i++) {
      if (ids[i] == id) {
        latest = i;
        return plans[i];
      }
    }
    Schema writer = planned < PLANS_MAX ? careful.writerKnown(id) : null;
    if (writer == null) {
      return null;
    }
    latest = planned++;
    ids[latest] = id;
    plans[latest] = FieldPlan.of(writer, choice);
    return plans[latest];
  }
}
