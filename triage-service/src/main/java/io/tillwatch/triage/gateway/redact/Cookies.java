package io.tillwatch.triage.gateway.redact;

/** The pairs of a cookie header: values that may be credentials go, settings may stay. */
final class Cookies {

  private static final String COOKIE = "cookie";
  private static final int SIGNS_MAX = 6;
  private static final int PAIRS_MAX = 64;
  private static final int NAME_MAX = 64;
  private static final int VALUE_MAX = 4096;

  /** Shorter values are settings. */
  private static final int CREDENTIAL_MIN = 8;

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

  /** Reads the pairs when the label that ends here is of cookies; whether there were any. */
  boolean take(int label) {
    int word = label - COOKIE.length();
    for (int i = 0; i < COOKIE.length(); i++) {
      if ((scene.at(word + i) | 0x20) != COOKIE.charAt(i)) {
        return false;
      }
    }
    int at = label;
    while (at - label < SIGNS_MAX && isSign(scene.at(at))) {
      at++;
    }
    if (at < behind) {
      return true;
    }
    // What a server sets is one pair, and attributes.
    int pairs = scene.at(word - 1) == '-' ? 1 : PAIRS_MAX;
    boolean any = false;
    for (int i = 0; i < pairs; i++) {
      int sign = at;
      while (sign - at < NAME_MAX && isName(scene.at(sign))) {
        sign++;
      }
      if (sign == at || scene.at(sign) != '=') {
        return any;
      }
      int end = sign + 1;
      while (end - sign <= VALUE_MAX && isValue(scene.at(end))) {
        end++;
      }
      if (isCredential(sign + 1, end)) {
        scene.add(SensitiveType.SECRET, RedactionReason.LABELLED, sign + 1, end);
      }
      any = true;
      behind = end;
      if (scene.at(end) != ';') {
        return true;
      }
      at = scene.at(end + 1) == ' ' ? end + 2 : end + 1;
    }
    return any;
  }

  private boolean isCredential(int from, int to) {
    return to - from >= LONG || to - from >= CREDENTIAL_MIN && Secrets.isMixed(scene, from, to);
  }

  private static boolean isSign(char c) {
    return c == ':' || c == '=' || c == ' ' || c == '"' || c == '\'' || c == '\\' || c == '[';
  }

  private static boolean isName(char c) {
    return Chars.isAlnum(c) || c == '_' || c == '-' || c == '.' || c == '%';
  }

  private static boolean isValue(char c) {
    return c > ' ' && c != Folding.LABEL && "\"'\\,;<>|".indexOf(c) < 0;
  }
}
