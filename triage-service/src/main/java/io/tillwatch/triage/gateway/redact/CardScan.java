package io.tillwatch.triage.gateway.redact;

/** Finds card numbers that stand in one run of digits. */
final class CardScan {

  private static final int NAME_GAP_MAX = 3;

  /** Most digits before the point of a number with so many behind it. */
  private static final int WHOLE_MAX = 3;

  /** What is left of the tag when letters end a run, and the length. */
  private static final String CHIP_EXPIRY = "2403";

  /** Nineteen digits and an expiry date in full. */
  private static final int GLUED_MAX = 27;

  private final Scene scene;
  private final Hashes hashes;
  private final CardDigits digits = new CardDigits();
  private final GroupScan groups;
  private final TrackScan tracks;
  private final RecordScan records;
  private final BesideScan beside;
  private final MessageScan messages;

  CardScan(Scene scene) {
    this.scene = scene;
    hashes = new Hashes(scene);
    groups = new GroupScan(scene, this);
    tracks = new TrackScan(scene);
    records = new RecordScan(scene);
    beside = new BesideScan(scene);
    messages = new MessageScan(scene);
  }

  void scan() {
    Words words = scene.words;
    hashes.begin();
    beside.begin();
    groups.begin();
    int run = 0;
    while (run < words.runs()) {
      int start = words.runStart(run);
      int taken = take(run);
      if (taken > 0) {
        records.behind(start, words.runEnd(run + taken - 1));
        beside.around(start, words.runEnd(run + taken - 1));
      }
      run += Math.max(1, taken);
    }
  }

  /** How many runs belong to the card that begins here. */
  private int take(int run) {
    int length = scene.words.runLength(run);
    chipExpiry(run, length);
    if (length >= Issuers.DIGITS_MIN) {
      int track = tracks.take(run);
      if (track > 0) {
        return track;
      }
      if (isWhole(run, length)
          || isGlued(run, length)
          || isPair(run, length)
          || messages.take(run)) {
        return 1;
      }
    }
    return length < Issuers.DIGITS_MAX ? groups.take(run) : 0;
  }

  private boolean isWhole(int run, int length) {
    if (length > Issuers.DIGITS_MAX) {
      return false;
    }
    int start = scene.words.runStart(run);
    int end = scene.words.runEnd(run);
    boolean named =
        scene.named(run) == Scene.CARD_NUMBER
            || scene.named(run) == Scene.CARD && !hashes.isPart(run);
    boolean possible = Issuers.isFirst(scene.at(start));
    int strength = possible ? digits.strength(scene.view(), start, end) : Issuers.NONE;
    if (strength != Issuers.NONE && (named || !isSomethingElse(run, strength))) {
      scene.add(SensitiveType.PAN, RedactionReason.LUHN_AND_ISSUER, start, end);
      return true;
    }
    if (named) {
      scene.add(SensitiveType.PAN, RedactionReason.CARD_FIELD, start, end);
    }
    return named;
  }

  /** Whether digits that may be a card number certainly are another one. */
  boolean isSomethingElse(int run, int strength) {
    return strength == Issuers.WEAK && isNamedOtherwise(run)
        || isFraction(run)
        || hashes.isPart(run);
  }

  /** Whether the word before the run says that it is some other number. */
  boolean isNamedOtherwise(int run) {
    Words words = scene.words;
    int word = words.wordBefore(run);
    if (word < 0) {
      return false;
    }
    int gap = words.runStart(run) - words.wordEnd(word);
    // The length of a field may stand between its number and its value.
    boolean length = scene.at(words.runStart(run) - 2) == ']';
    if (gap > NAME_GAP_MAX + (length ? 8 : 4)) {
      return false;
    }
    int flags = words.flags(word);
    boolean field = (flags & Vocabulary.FIELD) != 0 && scene.fieldNumber(word) > 2;
    return field || (flags & Vocabulary.OTHER_ID) != 0 && gap <= NAME_GAP_MAX + 1;
  }

  /** Whether the run is what stands behind the point of a number. */
  private boolean isFraction(int run) {
    int start = scene.words.runStart(run);
    if (run == 0 || scene.at(start - 1) != '.' || scene.words.runEnd(run - 1) != start - 1) {
      return false;
    }
    char before = scene.at(scene.words.runStart(run - 1) - 1);
    return scene.words.runLength(run - 1) <= WHOLE_MAX && !Chars.isAlnum(before) && before != '.';
  }

  /** A card number behind its own length or zeros, or before its expiry date. */
  private boolean isGlued(int run, int length) {
    int start = scene.words.runStart(run);
    int end = scene.words.runEnd(run);
    if (length > GLUED_MAX || isNamedOtherwise(run)) {
      return false;
    }
    boolean card = false;
    for (int size = 14; size <= 16 && !card; size++) {
      int rest = length - size;
      card =
          (rest == 4 || rest == 7 || rest == 8)
              && digits.strength(scene.view(), start, start + size) == Issuers.STRONG
              && isExpiry(start + size);
    }
    int zeros = zeros(start);
    zeros = zeros == 1 || length == Issuers.DIGITS_MAX || length == 20 ? zeros : 0;
    boolean packed = zeros == 1 && isSignNibble(end);
    card |=
        (zeros >= 3 || packed)
            && digits.strength(scene.view(), start + zeros, end) == Issuers.STRONG;
    int counted = Dates.number(scene, start);
    card =
        card
            || (counted == length - 2 || isChipNumber(start) && counted == (length - 1) / 2)
                && digits.strength(scene.view(), start + 2, end) == Issuers.STRONG;
    if (scene.named(run) == Scene.CARD_NUMBER && length > Issuers.DIGITS_MAX) {
      for (int size = Issuers.DIGITS_MIN; size <= Issuers.DIGITS_MAX; size++) {
        card |= digits.strength(scene.view(), start, start + size) == Issuers.STRONG;
      }
    }
    if (card) {
      scene.add(SensitiveType.PAN, RedactionReason.GLUED, start, end);
    }
    return card;
  }

  /** Two card numbers one behind the other. */
  private boolean isPair(int run, int length) {
    int start = scene.words.runStart(run);
    boolean pair = false;
    for (int size = 15; size <= 16; size++) {
      int rest = length - size;
      pair |=
          (rest == 15 || rest == 16)
              && digits.strength(scene.view(), start, start + size) == Issuers.STRONG
              && digits.strength(scene.view(), start + size, start + length) == Issuers.STRONG;
    }
    if (pair) {
      scene.add(SensitiveType.PAN, RedactionReason.GLUED, start, start + length);
    }
    return pair;
  }

  /** Tag 5A: the card number of a chip, behind its length in bytes. */
  private boolean isChipNumber(int start) {
    return scene.at(start - 2) == '5' && (scene.at(start - 1) | 0x20) == 'a';
  }

  /** Tag 5F24: when the card of a chip expires, as year, month and day. */
  private void chipExpiry(int run, int length) {
    int start = scene.words.runStart(run);
    boolean expiry =
        length >= CHIP_EXPIRY.length() + 6
            && (scene.at(start - 1) | 0x20) == 'f'
            && scene.at(start - 2) == '5'
            && Dates.isMonth(Dates.number(scene, start + 6))
            && Dates.isYear(Dates.number(scene, start + 4));
    for (int i = 0; i < CHIP_EXPIRY.length() && expiry; i++) {
      expiry = scene.at(start + i) == CHIP_EXPIRY.charAt(i);
    }
    if (expiry && !hashes.isPart(run)) {
      scene.add(SensitiveType.EXPIRY, RedactionReason.SHAPE, start + 4, start + 10);
    }
  }

  /** Whether the sign of a packed decimal number stands here, and behind it nothing of it. */
  private boolean isSignNibble(int at) {
    int sign = scene.at(at) | 0x20;
    return (sign == 'c' || sign == 'd' || sign == 'f') && !Chars.isAlnum(scene.at(at + 1));
  }

  private int zeros(int start) {
    int at = start;
    while (at - start < 5 && scene.at(at) == '0') {
      at++;
    }
    return at - start;
  }

  private boolean isExpiry(int at) {
    int first = (scene.at(at) - '0') * 10 + scene.at(at + 1) - '0';
    int second = (scene.at(at + 2) - '0') * 10 + scene.at(at + 3) - '0';
    return Dates.isMonth(first) && Dates.isComingYear(second)
        || Dates.isComingYear(first) && Dates.isMonth(second);
  }
}
