package io.tillwatch.triage.gateway.redact;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Undoes one layer of escapes: percent signs of URLs, entities of HTML and XML, backslashes of JSON
 * and programming languages. Each character that comes of it stands for the whole escape.
 */
final class Escapes {

  /** Longest escape that is looked for, in characters. */
  private static final int ESCAPE_MAX = 14;

  private static final Map<String, Character> ENTITIES = entities();

  private final char[] name = new char[ESCAPE_MAX];

  /** Index behind the escape that was read last. */
  private int next;

  /** Notes where escapes are; whether there are any. */
  boolean note(View view, Places places) {
    places.clear();
    int behind = 0;
    for (int i = 0; i < view.marks(); i++) {
      int at = view.mark(i);
      if (at >= behind && codePoint(view, at) >= 0) {
        places.note(at);
        behind = next;
      }
    }
    return !places.isEmpty();
  }

  /** Undoes escapes from one view into another. */
  void undo(View from, View into) {
    into.clear(from.length());
    int copied = 0;
    int at = 0;
    while (at < from.length()) {
      int codePoint = codePoint(from, at);
      if (codePoint < 0) {
        at++;
        continue;
      }
      into.addAll(from, copied, at);
      into.addFolded(codePoint, from.start(at), from.end(next - 1));
      at = next;
      copied = at;
    }
    into.addAll(from, copied, from.length());
  }

  /** What the escape here stands for, or -1 when there is none. */
  private int codePoint(View view, int at) {
    char c = view.chars()[at];
    return c == '%' || c == '&' || c == '\\' || c == '#' ? escape(view, at, c) : -1;
  }

  private int escape(View view, int at, char sign) {
    return switch (sign) {
      case '%' -> percent(view, at);
      case '&' -> entity(view, at);
      case '#' -> layout(view, at);
      default -> slash(view, at);
    };
  }

  /** A control character as daemons of logs write it: {@code #011}. */
  private int layout(View view, int at) {
    boolean control = view.at(at + 1) == '0' && view.at(at + 2) < '4';
    return control && octal(view, at + 1) >= 0 ? ' ' : -1;
  }

  private int percent(View view, int at) {
    if ((view.at(at + 1) | 0x20) == 'u') {
      return fixedHex(view, at + 2, 4);
    }
    return bytes(view, at, '%');
  }

  /** Bytes of UTF-8, each behind a sign; what is none is taken for Latin. */
  private int bytes(View view, int at, char sign) {
    int first = fixedHex(view, at + 1, 2);
    if (first < 0xC0) {
      return first;
    }
    int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
    int codePoint = first & (0x3F >> more);
    int from = next;
    for (int i = 0; i < more; i++) {
      int one = view.at(from) == sign ? fixedHex(view, from + 1, 2) : -1;
      if (one < 0x80 || one > 0xBF) {
        next = at + 3;
        return first;
      }
      codePoint = codePoint << 6 | one & 0x3F;
      from = next;
    }
    return Character.isValidCodePoint(codePoint) ? codePoint : first;
  }

  private int slash(View view, int at) {
    char kind = view.at(at + 1);
    next = at + 2;
    return switch (kind) {
      case 'u', 'U', 'x' -> {
        if (view.at(at + 2) == '{') {
          yield braced(view, at + 3);
        }
        int digits = kind == 'u' ? 4 : kind == 'x' ? 2 : 8;
        yield surrogates(view, fixedHex(view, at + 2, digits));
      }
      case 'n', 'r' -> '\n';
      case 't' -> ' ';
      case '"', '\'', '/', '\\' -> kind;
      default -> octal(view, at + 1);
    };
  }

  /** Two escapes that are the halves of one character. */
  private int surrogates(View view, int high) {
    if (high < Character.MIN_HIGH_SURROGATE || high > Character.MAX_HIGH_SURROGATE) {
      return high;
    }
    int behind = next;
    if (view.at(behind) == '\\' && view.at(behind + 1) == 'u') {
      int low = fixedHex(view, behind + 2, 4);
      if (low >= Character.MIN_LOW_SURROGATE && low <= Character.MAX_LOW_SURROGATE) {
        return Character.toCodePoint((char) high, (char) low);
      }
    }
    next = behind;
    return high;
  }

  private int octal(View view, int at) {
    int value = 0;
    for (int i = 0; i < 3; i++) {
      int digit = view.at(at + i) - '0';
      if (digit < 0 || digit > 7) {
        return -1;
      }
      value = value * 8 + digit;
    }
    next = at + 3;
    return value & 0xFF;
  }

  private int fixedHex(View view, int at, int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = Chars.hex(view.at(at + i));
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    next = at + digits;
    return valid(value);
  }

  private int braced(View view, int at) {
    int value = 0;
    int from = at;
    while (from - at < 8 && Chars.hex(view.at(from)) >= 0) {
      value = value << 4 | Chars.hex(view.at(from));
      from++;
    }
    next = from + 1;
    return from > at && view.at(from) == '}' ? valid(value) : -1;
  }

  private int entity(View view, int at) {
    boolean number = view.at(at + 1) == '#';
    boolean hex = number && (view.at(at + 2) | 0x20) == 'x';
    int from = at + (hex ? 3 : number ? 2 : 1);
    int to = from;
    int value = 0;
    while (to - from < ESCAPE_MAX - 4 && isEntityPart(view.at(to), number, hex)) {
      name[to - from] = view.at(to);
      value = number ? value * (hex ? 16 : 10) + Chars.hex(view.at(to)) : 0;
      to++;
    }
    boolean closed = view.at(to) == ';';
    next = closed ? to + 1 : to;
    if (to == from) {
      return -1;
    }
    if (number) {
      return valid(value);
    }
    Character known = closed ? ENTITIES.get(lower(to - from)) : null;
    return known == null ? -1 : known;
  }

  private static boolean isEntityPart(char c, boolean number, boolean hex) {
    return number ? hex ? Chars.hex(c) >= 0 : Chars.isDigit(c) : Chars.isAsciiLetter(c);
  }

  private String lower(int size) {
    return new String(name, 0, size).toLowerCase(Locale.ROOT);
  }

  private static int valid(int codePoint) {
    return Character.isValidCodePoint(codePoint) ? codePoint : -1;
  }

  /** Notes where text certainly is quoted-printable; whether it is anywhere. */
  boolean noteQuotedPrintable(View view, Places places) {
    places.clear();
    for (int i = 0; i < view.marks(); i++) {
      int at = view.mark(i);
      if (view.chars()[at] == '=' && Shapes.isQuoted(view, at)) {
        places.note(at);
      }
    }
    return !places.isEmpty();
  }

  /** Undoes quoted-printable. */
  void undoQuotedPrintable(View from, View into) {
    into.clear(from.length());
    int copied = 0;
    int at = 0;
    while (at < from.length()) {
      boolean sign = from.chars()[at] == '=';
      int value = sign ? bytes(from, at, '=') : -1;
      boolean shown = value >= ' ' && (value < 0x7F || value >= 0xA0);
      boolean escape = shown || value == '\n' || value == '\r';
      int behind = escape ? next : sign ? afterSoftBreak(from, at) : -1;
      if (behind < 0) {
        at++;
        continue;
      }
      into.addAll(from, copied, at);
      if (escape) {
        into.addFolded(value == 0xA0 ? ' ' : value, from.start(at), from.end(next - 1));
      }
      at = behind;
      copied = at;
    }
    into.addAll(from, copied, from.length());
  }

  /** Behind the line end that the equals sign here takes back, or -1. */
  private static int afterSoftBreak(View view, int at) {
    int next = view.at(at + 1) == '\r' ? at + 2 : at + 1;
    boolean lineEnd = next < view.length() && view.at(next) == '\n';
    return lineEnd && !Shapes.isPadding(view, at) ? next + 1 : -1;
  }

  /** Notes where tags are; whether there are any. */
  static boolean noteTags(View view, Places places) {
    places.clear();
    for (int i = 0; i < view.marks(); i++) {
      int at = view.mark(i);
      if (view.chars()[at] == '<' && afterTag(view, at) > 0) {
        places.note(at);
      }
    }
    return !places.isEmpty();
  }

  /** Undoes markup: each tag counts as a space, but for rows and cells behind a header's. */
  static void undoTags(View from, View into) {
    into.clear(from.length());
    int copied = 0;
    boolean headed = false;
    int at = 0;
    while (at < from.length()) {
      int end = from.chars()[at] == '<' ? afterTag(from, at) : -1;
      if (end < 0) {
        at++;
        continue;
      }
      into.addAll(from, copied, at);
      headed |= isTag(from, at, 'r') && isTag(from, end, 'h');
      boolean cell = isTag(from, at, 'h') || isTag(from, at, 'd');
      char sign = !headed ? ' ' : cell ? '\t' : isTag(from, at, 'r') ? '\n' : ' ';
      into.add(sign, from.start(at), from.end(end - 1));
      at = end;
      copied = at;
    }
    into.addAll(from, copied, from.length());
  }

  /** Whether a tag of two letters begins here: {@code <th>}, {@code <tr class=...>}. */
  private static boolean isTag(View view, int at, char second) {
    return view.at(at) == '<'
        && (view.at(at + 1) | 0x20) == 't'
        && (view.at(at + 2) | 0x20) == second
        && !Chars.isAlnum(view.at(at + 3));
  }

  private static int afterTag(View view, int at) {
    int limit = Math.min(view.length(), at + 80);
    for (int i = at + 1; i < limit; i++) {
      char c = view.at(i);
      if (c == '>') {
        return i + 1;
      }
      if (c == '<' || c == '\n') {
        return -1;
      }
    }
    return -1;
  }

  private static Map<String, Character> entities() {
    Map<String, Character> map = new HashMap<>();
    for (String space : new String[] {"nbsp", "ensp", "emsp", "thinsp", "hairsp", "numsp"}) {
      map.put(space, ' ');
    }
    for (String none : new String[] {"shy", "zwj", "zwnj", "zerowidthspace", "lrm", "rlm"}) {
      map.put(none, '\u200B');
    }
    for (String dash : new String[] {"ndash", "mdash", "hyphen", "dash", "minus"}) {
      map.put(dash, '-');
    }
    map.put("bull", '*');
    map.put("hellip", '.');
    map.put("newline", '\n');
    map.put("tab", ' ');
    String[] names = {
      "amp", "quot", "apos", "lt", "gt", "commat", "period", "comma", "colon", "semi", "equals",
      "plus", "lowbar", "sol", "num", "ast", "percnt", "lpar", "rpar", "lsqb", "rsqb", "lbrack",
      "rbrack", "lcub", "rcub", "middot", "bsol", "vert"
    };
    String signs = "&\"'<>@.,:;=+_/#*%()[][]{}.\\|";
    for (int i = 0; i < names.length; i++) {
      map.put(names[i], signs.charAt(i));
    }
    return Map.copyOf(map);
  }
}
