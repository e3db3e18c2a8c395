package io.tillwatch.triage.gateway.redact;

/** Finds e-mail addresses, IBANs and telephone numbers by their own shape. */
final class AddressScan {

  private static final int LOCAL_MAX = 64;
  private static final int DOMAIN_MAX = 255;
  private static final int TOP_LEVEL_MIN = 2;
  private static final int INTERNATIONAL_MIN = 9;
  private static final int INTERNATIONAL_MAX = 15;
  private static final int CALL_NEAR = 3;
  private static final int PARTS_MAX = 6;
  private static final String[] UNITS = {"service", "timer", "socket", "mount", "slice", "target"};

  private final Scene scene;
  private final Ibans ibans;

  AddressScan(Scene scene) {
    this.scene = scene;
    ibans = new Ibans(scene);
  }

  void scan() {
    spelledEmails(signs());
    Words words = scene.words;
    for (int run = 0; run < words.runs(); run++) {
      int from = words.runStart(run);
      if (words.runLength(run) >= 2 && Chars.isAsciiLetter(scene.at(from - 1))) {
        ibans.take(from - 2);
      }
      national(run, from);
    }
  }

  private int signs() {
    View view = scene.view();
    int behind = 0;
    for (int i = 0; i < view.marks(); i++) {
      int at = view.mark(i);
      char c = view.at(at);
      if (c == '@' && scene.at(at - 1) == ' ' && scene.at(at + 1) == ' ') {
        spacedEmail(at, behind);
      } else if (c == '@' && Secrets.passwordBefore(scene, at) < 0) {
        behind = email(at, at, at + 1, behind);
      } else if (c == '+' && !Chars.isAlnum(scene.at(at - 1))) {
        international(at);
      } else if (c == '(' && Chars.isDigit(scene.at(at + 1))) {
        american(at);
      }
    }
    return behind;
  }

  /** An address like {@code jane @ example . com}. */
  private void spacedEmail(int at, int behind) {
    int from = at - 1;
    while (from > behind && at - from < LOCAL_MAX && isLocal(scene.at(from - 1))) {
      from--;
    }
    int to = at + 1;
    int end = -1;
    for (int parts = 0; parts < PARTS_MAX && scene.at(to) == ' '; parts++) {
      int part = to + 1;
      to = part;
      while (to - part < LOCAL_MAX && Chars.isAlnum(scene.at(to))) {
        to++;
      }
      end = parts > 0 && to > part ? to : end;
      if (to == part || scene.at(to) != ' ' || scene.at(to + 1) != '.') {
        break;
      }
      to += 2;
    }
    if (from < at - 1 && end > 0) {
      scene.add(SensitiveType.EMAIL, RedactionReason.SHAPE, from, end);
    }
  }

  /** Marks the address around an at sign, and answers where it ends. */
  private int email(int at, int localEnd, int domain, int behind) {
    int from = localEnd;
    if (scene.at(from - 1) == '"') {
      from = quoted(from - 1, behind);
    }
    while (from > behind && localEnd - from < LOCAL_MAX && isLocal(scene.at(from - 1))) {
      from--;
    }
    while (from < localEnd && (scene.at(from) == '.' || scene.at(from) == '-')) {
      from++;
    }
    int to = domainEnd(domain);
    if (to > 0 && isRepository(from, localEnd, to)) {
      return at + 1;
    }
    if (from < localEnd && to > 0) {
      scene.add(SensitiveType.EMAIL, RedactionReason.SHAPE, from, to);
      return to;
    }
    return at + 1;
  }

  /** {@code git@github.com:tillwatch/triage.git}: nobody's mailbox. */
  private boolean isRepository(int from, int localEnd, int to) {
    return localEnd - from == 3
        && scene.at(from) == 'g'
        && scene.at(from + 1) == 'i'
        && scene.at(from + 2) == 't'
        && scene.at(to) == ':'
        && Chars.isLetter(scene.at(to + 1));
  }

  /** Where a local part in quotes begins that ends here. */
  private int quoted(int end, int behind) {
    for (int at = end - 1; at >= behind && end - at <= LOCAL_MAX; at--) {
      if (scene.at(at) == '"') {
        return at;
      }
      if (scene.at(at) == '\n' || scene.at(at) == Folding.LABEL) {
        break;
      }
    }
    return end + 1;
  }

  private static boolean isLocal(char c) {
    return Chars.isAlnum(c) || "._+-!#$%^`~".indexOf(c) >= 0;
  }

  /** Where a domain with a top level of letters ends, or -1. */
  private int domainEnd(int from) {
    int to = from;
    int dot = -1;
    while (to - from < DOMAIN_MAX && isDomain(to)) {
      dot = scene.at(to) == '.' ? to : dot;
      to++;
    }
    if (dot <= from || to - dot <= TOP_LEVEL_MIN || isUnit(dot + 1, to)) {
      return -1;
    }
    for (int i = dot + 1; i < to; i++) {
      if (!Chars.isLetter(scene.at(i)) && scene.at(i) != '-') {
        return -1;
      }
    }
    return to;
  }

  /** Whether the last part is a kind of unit of systemd, as in {@code pay@eu.service}. */
  private boolean isUnit(int from, int to) {
    for (String unit : UNITS) {
      int at = 0;
      while (at < unit.length() && scene.at(from + at) == unit.charAt(at)) {
        at++;
      }
      if (at == unit.length() && from + at == to) {
        return true;
      }
    }
    return false;
  }

  private boolean isDomain(int at) {
    char c = scene.at(at);
    return Chars.isAlnum(c)
        || (c == '-' || c == '.') && Chars.isAlnum(scene.at(at + 1))
        || c == '-' && scene.at(at + 1) == '-';
  }

  /** Addresses like {@code jane (at) example (dot) com}. */
  private void spelledEmails(int behind) {
    Words words = scene.words;
    for (int word = 1; word + 1 < words.words(); word++) {
      if (words.wordEnd(word) - words.wordStart(word) == 2 && is(word, "at") && isBracketed(word)) {
        int from = words.wordStart(word - 1);
        while (from > behind
            && words.wordStart(word) - from < LOCAL_MAX
            && isLocal(scene.at(from - 1))) {
          from--;
        }
        int last = word + 1;
        while (is(last + 1, "dot") && isBracketed(last + 1) && last + 2 < words.words()) {
          last += 2;
        }
        boolean dotted = last > word + 1;
        int end = dotted ? words.wordEnd(last) : domainEnd(words.wordStart(word + 1));
        if (end > 0
            && isTight(words.wordEnd(word - 1), words.wordStart(word))
            && isTight(words.wordEnd(word), words.wordStart(word + 1))) {
          scene.add(SensitiveType.EMAIL, RedactionReason.SHAPE, from, end);
        }
      }
    }
  }

  /** Whether only brackets and single spaces are between. */
  private boolean isTight(int from, int to) {
    for (int i = from; i < to; i++) {
      if (" ()[]{}<>".indexOf(scene.at(i)) < 0) {
        return false;
      }
    }
    return to - from <= 4;
  }

  private boolean is(int word, String text) {
    Words words = scene.words;
    if (word >= words.words() || words.wordEnd(word) - words.wordStart(word) != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if ((scene.at(words.wordStart(word) + i) | 0x20) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean isBracketed(int word) {
    char before = scene.at(scene.words.wordStart(word) - 1);
    char behind = scene.at(scene.words.wordEnd(word));
    return before == '(' && behind == ')'
        || before == '[' && behind == ']'
        || before == '{' && behind == '}'
        || before == '<' && behind == '>'
        || before == ' ' && behind == ' ' && isDotFollowing(word);
  }

  /** Without brackets a dot has to be spelled as well. */
  private boolean isDotFollowing(int word) {
    return is(word, "dot") || is(word + 2, "dot");
  }

  private void international(int plus) {
    int from = plus + 1;
    from = scene.at(from) == '(' ? from + 1 : from;
    if (!Chars.isDigit(scene.at(from)) || scene.at(from) == '0') {
      return;
    }
    int to = Phones.end(scene, from);
    int digits = Phones.digits(scene, from, to);
    boolean ends = !Chars.isAlnum(scene.at(to)) && scene.at(to) != '+';
    if (ends && digits >= INTERNATIONAL_MIN && digits <= INTERNATIONAL_MAX) {
      scene.add(SensitiveType.PHONE, RedactionReason.SHAPE, plus, to);
    }
  }

  /** {@code (212) 555-0147}. */
  private void american(int bracket) {
    boolean area = isDigits(bracket + 1, 3) && scene.at(bracket + 4) == ')';
    int at = scene.at(bracket + 5) == ' ' ? bracket + 6 : bracket + 5;
    if (area && isLocalNumber(at)) {
      scene.add(SensitiveType.PHONE, RedactionReason.SHAPE, bracket, at + 8);
    }
  }

  private boolean isLocalNumber(int at) {
    char sign = scene.at(at + 3);
    return isDigits(at, 3)
        && (sign == '-' || sign == ' ' || sign == '.')
        && isDigits(at + 4, 4)
        && !Chars.isAlnum(scene.at(at + 8));
  }

  private boolean isDigits(int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (!Chars.isDigit(scene.at(i))) {
        return false;
      }
    }
    return true;
  }

  /** {@code 212-555-0147}, and national numbers where somebody is to be called. */
  private void national(int run, int from) {
    if (scene.words.runLength(run) == 3) {
      char sign = scene.at(from + 3);
      boolean dashed =
          (sign == '-' || sign == '.')
              && scene.at(from) >= '2'
              && isLocalNumber(from + 4)
              && scene.at(from + 7) == sign;
      if (dashed
          && !Chars.isAlnum(scene.at(from - 1))
          && (scene.at(from - 1) != '-' && scene.at(from - 1) != '.' || isCountry(from))
          && scene.at(from + 12) != '-') {
        scene.add(SensitiveType.PHONE, RedactionReason.SHAPE, from, from + 12);
      }
    }
    if (scene.at(from) == '0' && isCalled(run)) {
      called(from);
    }
  }

  /** Whether the country of America stands before, and nothing before that. */
  private boolean isCountry(int from) {
    return scene.at(from - 2) == '1' && scene.at(from - 3) == ' ';
  }

  private void called(int from) {
    int to = Phones.end(scene, from);
    int digits = Phones.digits(scene, from, to);
    if (digits >= INTERNATIONAL_MIN && digits <= INTERNATIONAL_MAX) {
      scene.add(SensitiveType.PHONE, RedactionReason.LABELLED, from, to);
    }
  }

  private boolean isCalled(int run) {
    int word = scene.words.wordBefore(run);
    for (int i = word; i >= 0 && i > word - CALL_NEAR; i--) {
      if (is(i, "call") || is(i, "ring") || is(i, "reach") || is(i, "dial") || is(i, "text")) {
        return scene.words.runStart(run) - scene.words.wordEnd(i) <= 24;
      }
    }
    return false;
  }
}
