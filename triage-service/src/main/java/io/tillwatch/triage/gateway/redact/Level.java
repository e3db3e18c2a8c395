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
  private final Places places = new Places();
  private final View whole = new View();
  private final View around = new View();
  private final View undone = new View();
  private final View undoneAgain = new View();
  private final View derived = new View();
  private @Nullable Level below;
  private List<Header> tables = List.of();

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
    search(text, false);
    return found();
  }

  /** The same for what stands around labels: there taking something out may bring more to light. */
  List<Finding> lookAgain(CharSequence text) {
    search(text, true);
    return found();
  }

  /** The tables of the text that was looked at last for the first time. */
  List<Header> tables() {
    return tables;
  }

  private List<Finding> found() {
    return spans.isEmpty() ? List.of() : spans.merged();
  }

  private @Nullable SensitiveType lookInto(String decoded) {
    if (depth == DEPTH_MAX || work.isOver()) {
      return SensitiveType.ENCODED;
    }
    if (below == null) {
      below = new Level(work, scenes, depth + 1);
    }
    below.search(decoded, false);
    return below.spans.isEmpty() ? null : below.spans.first();
  }

  private void search(CharSequence text, boolean nearLabels) {
    spans.clear();
    places.clear();
    whole.read(text, places);
    View view = nearLabels ? places.narrow(whole, undone) : whole;
    scan(view);
    tables = nearLabels ? tables : labels.tables();
    boolean escaped = shapes.hasEscapes();
    boolean quoted = shapes.hasEqualsSigns();
    scanSpelledAndTagged(view);
    if (whole.isTurned()) {
      derived.readBackwards(view);
      scan(derived);
    }
    if (quoted && escapes.noteQuotedPrintable(view, places)) {
      escapes.undoQuotedPrintable(places.narrow(view, around), derived);
      scan(derived);
    }
    for (int round = 0; round < ROUNDS && escaped && escapes.note(view, places); round++) {
      View next = view == undone ? undoneAgain : undone;
      escapes.undo(places.narrow(view, around), next);
      view = next;
      scan(view);
      scanSpelledAndTagged(view);
    }
  }

  /** What the view that was scanned last is with digits for words, and without tags. */
  private void scanSpelledAndTagged(View view) {
    boolean tagged = shapes.hasTags();
    if (scene.words.areDigitsSpelled()) {
      Spelled.note(view, scene.words, places);
      View near = places.narrow(view, around);
      scene.words.read(near);
      Spelled.read(near, scene.words, derived);
      scan(derived);
    }
    if (tagged && Escapes.noteTags(view, places)) {
      Escapes.undoTags(places.narrow(view, around), derived);
      scan(derived);
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
      masks.scan(shapes.masks());
    }
    addresses.scan();
    secrets.scan();
    encoded.scan(shapes.tokens());
  }
}
