package io.tillwatch.triage.gateway.redact;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One text and its views; what is encoded in it is a text of the next level. */
final class Level {

  /** How often escapes within escapes are undone. */
  private static final int ROUNDS = 4;

  /** How deep tokens within tokens are decoded. */
  private static final int DEPTH_MAX = 4;

  private final Work work;
  private final Function<Spans, Scene> scenes;
  private final int depth;
  private final Spans spans = new Spans();
  private final Scene scene;
  private final Shapes shapes = new Shapes();
  private final Escapes escapes = new Escapes();
  private final LabelScan labels;
  private final CardScan cards;
  private final FieldScan fields;
  private final MaskScan masks;
  private final AddressScan addresses;
  private final Secrets secrets;
  private final EncodedScan encoded;
  private View current = new View();
  private View spare = new View();
  private @Nullable Level below;

  Level(Work work, Function<Spans, Scene> scenes, int depth) {
    this.work = work;
    this.scenes = scenes;
    this.depth = depth;
    scene = scenes.apply(spans);
    labels = new LabelScan(scene);
    cards = new CardScan(scene);
    fields = new FieldScan(scene);
    masks = new MaskScan(scene);
    addresses = new AddressScan(scene);
    secrets = new Secrets(scene);
    encoded = new EncodedScan(scene, this::lookInto);
  }

  /** What is in the text, in order. */
  List<Finding> look(CharSequence text) {
    search(text);
    return spans.isEmpty() ? List.of() : spans.merged();
  }

  private @Nullable SensitiveType lookInto(String decoded) {
    if (depth == DEPTH_MAX || work.isOver()) {
      return SensitiveType.ENCODED;
    }
    if (below == null) {
      below = new Level(work, scenes, depth + 1);
    }
    below.search(decoded);
    return below.spans.isEmpty() ? null : below.spans.first();
  }

  private void search(CharSequence text) {
    spans.clear();
    current.read(text);
    scan(current);
    boolean escaped = shapes.hasEscapes();
    boolean tagged = shapes.hasTags();
    if (current.isTurned()) {
      spare.readBackwards(current);
      scan(spare);
      scene.words.read(current);
    }
    if (shapes.isQuotedPrintable(current) && escapes.undoQuotedPrintable(current, spare)) {
      scan(spare);
      scene.words.read(current);
    }
    for (int round = 0; round < ROUNDS && escaped && escapes.undo(current, spare); round++) {
      View undone = spare;
      spare = current;
      current = undone;
      scan(current);
      tagged |= shapes.hasTags();
    }
    if (scene.words.areDigitsSpelled()) {
      Spelled.read(current, scene.words, spare);
      scan(spare);
    }
    if (tagged && Escapes.undoTags(current, spare)) {
      scan(spare);
    }
  }

  /** All scans over one view. */
  private void scan(View view) {
    work.add(view.length());
    scene.show(view);
    shapes.read(view);
    labels.scan();
    if (shapes.hasDigits()) {
      cards.scan();
      fields.scan();
      if (shapes.hasMasks()) {
        masks.scan();
      }
    }
    addresses.scan(shapes);
    secrets.scan(shapes);
    encoded.scan(shapes);
  }
}
