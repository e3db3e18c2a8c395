package io.tillwatch.triage.gateway.redact;

/** Finds keys and tokens by what they begin with, and tells what is none. */
final class Secrets {

  private static final int KEY_MIN = 8;
  private static final int PEM_MAX = 16_384;
  private static final int USERINFO_MAX = 256;
  private static final String PEM_BEGIN = "-----BEGIN";
  private static final String PEM_END = "-----END";
  private static final String[] PREFIXES = {
    "sk_live_", "sk_test_", "rk_live_", "rk_test_", "whsec_", "AKIA", "ASIA", "ghp_", "gho_",
    "ghs_", "ghu_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "xoxa-", "xapp-", "AIza", "SG.",
    "npm_", "hvs.", "dop_v1_", "sk-ant-", "sk-proj-", "eyJ", "access_token$", "pypi-", "EAAA"
  };

  private final Scene scene;

  Secrets(Scene scene) {
    this.scene = scene;
  }

  void scan() {
    View view = scene.view();
    int at = 0;
    while (at < view.length()) {
      char c = scene.at(at);
      boolean begins = !Chars.isAlnum(scene.at(at - 1));
      int end = -1;
      if (begins && c < 0x80 && Chars.isAsciiLetter(c)) {
        end = key(at);
      } else if (c == '-' && scene.at(at - 1) != '-') {
        end = pem(at);
      } else if (c == ':' && scene.at(at + 1) == '/' && scene.at(at + 2) == '/') {
        userInfo(at + 3);
      }
      at = Math.max(at + 1, end);
    }
  }

  private int key(int from) {
    for (String prefix : PREFIXES) {
      if (scene.at(from) == prefix.charAt(0) && startsWith(from, prefix)) {
        int body = from + prefix.length();
        int to = body;
        while (isKeyPart(scene.at(to))) {
          to++;
        }
        if (to - body >= KEY_MIN && (!"eyJ".equals(prefix) || dots(from, to) >= 1)) {
          scene.add(SensitiveType.SECRET, RedactionReason.KNOWN_PREFIX, from, to);
        }
        return to;
      }
    }
    return -1;
  }

  private int dots(int from, int to) {
    int dots = 0;
    for (int i = from; i < to; i++) {
      dots += scene.at(i) == '.' ? 1 : 0;
    }
    return dots;
  }

  private static boolean isKeyPart(char c) {
    return c < 0x80 && (Chars.isAlnum(c) || c == '_' || c == '-' || c == '.');
  }

  private boolean startsWith(int from, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (scene.at(from + i) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** A private key in PEM, up to its end or as far as keys go. */
  private int pem(int from) {
    if (!startsWith(from, PEM_BEGIN)) {
      return -1;
    }
    int line = from;
    while (line - from < 64 && scene.at(line) != '\n' && !startsWith(line, "KEY-----")) {
      line++;
    }
    if (!startsWith(line, "KEY-----")) {
      return -1;
    }
    int to = line + 8;
    int limit = Math.min(scene.view().length(), from + PEM_MAX);
    while (to < limit && scene.at(to) != Folding.LABEL && !startsWith(to, PEM_END)) {
      to++;
    }
    if (startsWith(to, PEM_END)) {
      to += PEM_END.length();
      while (to < limit && scene.at(to) != '\n' && to - limit < 64 && scene.at(to) != '"') {
        to++;
      }
    }
    scene.add(SensitiveType.SECRET, RedactionReason.KNOWN_PREFIX, from, to);
    return to;
  }

  /** The password in an address like {@code amqp://user:password@host}. */
  private void userInfo(int from) {
    int colon = -1;
    for (int at = from; at - from < USERINFO_MAX; at++) {
      char c = scene.at(at);
      colon = c == ':' && colon < 0 ? at : colon;
      if (c == '@') {
        if (colon > 0 && at > colon + 1) {
          scene.add(SensitiveType.SECRET, RedactionReason.SHAPE, colon + 1, at);
        }
        return;
      }
      if (c == '/' || Chars.isSpace(c) || c == '"' || c == Folding.LABEL) {
        return;
      }
    }
  }

  /** Whether it has both letters and digits. */
  static boolean isMixed(Scene scene, int from, int to) {
    boolean letters = false;
    boolean digits = false;
    for (int i = from; i < to; i++) {
      letters |= Chars.isLetter(scene.at(i));
      digits |= Chars.isDigit(scene.at(i));
    }
    return letters && digits;
  }

  static boolean isUuid(Scene scene, int from, int to) {
    return to - from == 36 && scene.at(from + 8) == '-' && scene.at(from + 13) == '-';
  }
}
