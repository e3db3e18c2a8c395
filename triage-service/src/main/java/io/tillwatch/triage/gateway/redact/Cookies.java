package io.tillwatch.triage.gateway.redact;

/** The pairs of a cookie header: values that may be credentials go, settings may stay. */
final class Cookies {

  private static final String COOKIE = "cookie";
  private static final String SET = "set";

  /** In the names of cookies that let somebody in. */
  private static final String[] SESSIONS = {"sess", "sid", "auth", "tok", "csrf", "xsrf", "login"};

  private static final int SIGNS_MAX = 6;
  private static final int PAIRS_MAX = 64;
  private static final int NAME_MAX = 64;
  private static final int VALUE_MAX = 4096;

  /** Shorter values are settings, but for those of sessions. */
  private static final int CREDENTIAL_MIN = 12;

  private static final int SESSION_MIN = 4;

  /** So long is no setting, whatever it is made of. */
  private static final int LONG = 20;

  private final Scene scene;

  /** How far pairs were read already. */
  private int behind;

  Cookies(Scene scene) {
    this.scene = scene;
  }

  /** Begins with another view. */
  void begin() {
    behind = 0;
  }

  /**
   * Reads the pairs when the label that ends here is of cookies; whether there is nothing but
   * pairs.
   */
  boolean take(int label) {
    int word = label - COOKIE.length();
    if (!stands(COOKIE, word)) {
      return false;
    }
    int at = label;
    boolean within = false;
    while (at - label < SIGNS_MAX && isSign(scene.at(at))) {
      within |= scene.at(at) == '"';
      at++;
    }
    if (at < behind) {
      return true;
    }
    // What a server sets is one pair, and attributes.
    boolean set = stands(SET, word - 1 - SET.length()) || stands(SET, word - SET.length());
    for (int i = 0; i < PAIRS_MAX; i++) {
      int sign = at;
      while (sign - at < NAME_MAX && isName(scene.at(sign))) {
        sign++;
      }
      int end = sign == at || scene.at(sign) != '=' ? -1 : valueEnd(sign + 1, within);
      if (end < 0) {
        return false;
      }
      if ((!set || i == 0) && isCredential(at, sign, end)) {
        scene.add(SensitiveType.SECRET, RedactionReason.LABELLED, sign + 1, end);
      }
      behind = end;
      if (scene.at(end) != ';') {
        return true;
      }
      at = scene.at(end + 1) == ' ' ? end + 2 : end + 1;
      if (set) {
        return true;
      }
    }
    return true;
  }

  /**
   * Where the value ends that begins here; -1 when there is none, as before what fills up base64.
   *
   * @param within whether all of them stand in quotes, so that another quote is their end
   */
  private int valueEnd(int from, boolean within) {
    if (scene.at(from) == Folding.LABEL) {
      return from + 1;
    }
    boolean quoted = !within && scene.at(from) == '"';
    int end = quoted ? from + 1 : from;
    while (end - from <= VALUE_MAX && (isValue(scene.at(end)) || quoted && scene.at(end) == ';')) {
      end++;
    }
    end = quoted && scene.at(end) == '"' ? end + 1 : end;
    boolean none = end == from && scene.at(end) != ';';
    return none || scene.at(from) == '=' ? -1 : end;
  }

  private boolean isCredential(int name, int sign, int end) {
    int size = end - sign - 1;
    boolean session = false;
    for (int at = name; at < sign && !session; at++) {
      for (String word : SESSIONS) {
        session |= stands(word, at);
      }
    }
    return size >= LONG
        || size >= CREDENTIAL_MIN && Secrets.isMixed(scene, sign + 1, end)
        || session && size >= SESSION_MIN;
  }

  private boolean stands(String word, int from) {
    for (int i = 0; i < word.length(); i++) {
      if ((scene.at(from + i) | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSign(char c) {
    return c == ':' || c == '=' || c == ' ' || c == '"' || c == '\'' || c == '\\' || c == '[';
  }

  private static boolean isName(char c) {
    return Chars.isAlnum(c) || c == '_' || c == '-' || c == '.' || c == '%';
  }

  private static boolean isValue(char c) {
    return c > ' ' && c != Folding.LABEL && "\"'\\;".indexOf(c) < 0;
  }
}
