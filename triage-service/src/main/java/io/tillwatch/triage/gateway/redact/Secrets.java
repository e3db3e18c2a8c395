package io.tillwatch.triage.gateway.redact;

import java.util.stream.Stream;

/** Finds keys and tokens by what they begin with, and tells what is none. */
final class Secrets {

  private static final int KEY_MIN = 8;
  private static final int PEM_MAX = 16_384;
  private static final int USERINFO_MAX = 256;
  private static final String PEM_BEGIN = "-----BEGIN";
  private static final String PEM_END = "-----END";
  private static final String PEM_DASHES = "-----";
  private static final int PEM_KIND_MAX = 48;
  private static final String[] PREFIXES = {
    "sk_live_",
    "sk_test_",
    "rk_live_",
    "rk_test_",
    "whsec_",
    "AKIA",
    "ASIA",
    "ghp_",
    "gho_",
    "ghs_",
    "ghu_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "xoxa-",
    "xapp-",
    "AIza",
    "SG.",
    "npm_",
    "hvs.",
    "dop_v1_",
    "sk-ant-",
    "sk-proj-",
    "eyJ",
    "access_token$",
    "pypi-",
    "EAAA",
    "sq0csp-",
    "sq0atp-",
    "rzp_live_",
    "rzp_test_",
    "shpat_",
    "shpss_",
    "ya29.",
    "ghr_",
    "glrt-",
    "hf_",
    "hvb.",
    "lin_api_",
    "PMAK-",
    "xoxs-",
    "xoxr-",
    "xoxe-",
    "amzn.mws.",
    "tskey-",
    "figd_",
    "sntrys_",
    "NRAK-",
    "ATATT3",
    "dor_v1_",
    "dp.pt.",
    "AGE-SECRET-KEY-",
    "hooks.slack.com/services/",
    "discord.com/api/webhooks/",
    "api.telegram.org/bot"
  };

  private static final String[][] PREFIXES_OF = new String[0x80][];

  /** Which pairs of letters begin a prefix: most words are dismissed by a look at theirs. */
  private static final boolean[] BEGINS = new boolean[0x80 * 0x80];

  static {
    for (char c = 0; c < PREFIXES_OF.length; c++) {
      String first = Character.toString(c);
      String[] of = Stream.of(PREFIXES).filter(p -> p.startsWith(first)).toArray(String[]::new);
      PREFIXES_OF[c] = of;
    }
    for (String prefix : PREFIXES) {
      BEGINS[prefix.charAt(0) * 0x80 + prefix.charAt(1)] = true;
    }
  }

  private final Scene scene;

  Secrets(Scene scene) {
    this.scene = scene;
  }

  void scan() {
    Words words = scene.words;
    char[] chars = scene.view().chars();
    int behind = 0;
    for (int word = 0; word < words.words(); word++) {
      int from = words.wordStart(word);
      char c = chars[from];
      if (from < behind || c >= 0x80) {
        continue;
      }
      char before = scene.at(from - 1);
      char second = scene.at(from + 1);
      if (second < 0x80 && BEGINS[c * 0x80 + second] && !Chars.isAlnum(before)) {
        behind = Math.max(behind, key(from, PREFIXES_OF[c]));
      }
      if (before == '-' && c == 'B') {
        behind = Math.max(behind, pem(from - 5));
      } else if (before == '-' && c == 'u') {
        userOption(from, words.wordEnd(word));
      }
    }
    View view = scene.view();
    for (int i = 0; i < view.marks(); i++) {
      if (chars[view.mark(i)] == '@') {
        userInfo(view.mark(i));
      }
    }
  }

  private int key(int from, String[] prefixes) {
    for (String prefix : prefixes) {
      if (startsWith(from, prefix)) {
        int body = from + prefix.length();
        int to = body;
        boolean path = prefix.indexOf('/') > 0;
        while (isKeyPart(scene.at(to)) || path && (scene.at(to) == '/' || scene.at(to) == ':')) {
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

  /** The password in {@code -u user:password} or {@code --user=user:password}. */
  private void userOption(int word, int from) {
    int at = from + 1;
    boolean name = from - word == 1 || from - word == 4 && startsWith(word, "user");
    boolean option = name && (scene.at(from) == ' ' || scene.at(from) == '=');
    while (option && at - from < USERINFO_MAX && isKeyPart(scene.at(at))) {
      at++;
    }
    int to = at + 1;
    while (option && to - at < USERINFO_MAX && isPasswordPart(scene.at(to))) {
      to++;
    }
    if (option && scene.at(at) == ':' && at > from + 1 && to - at > KEY_MIN / 2) {
      scene.add(SensitiveType.SECRET, RedactionReason.SHAPE, at + 1, to);
    }
  }

  private static boolean isPasswordPart(char c) {
    return c > ' ' && c != Folding.LABEL && c != '"' && c != '\'';
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
    int to = Math.min(line + 11, scene.view().length());
    int limit = Math.min(scene.view().length(), from + PEM_MAX);
    while (to < limit && scene.at(to) != Folding.LABEL && !startsWith(to, PEM_END)) {
      to++;
    }
    if (startsWith(to, PEM_END)) {
      int end = to + PEM_END.length();
      to = end;
      while (to < limit && to - end < PEM_KIND_MAX && !startsWith(to, PEM_DASHES)) {
        to++;
      }
      to = startsWith(to, PEM_DASHES) ? to + PEM_DASHES.length() : end;
    }
    scene.add(SensitiveType.SECRET, RedactionReason.KNOWN_PREFIX, from, to);
    return to;
  }

  /** The password in an address like {@code amqp://user:password@host} whose at sign this is. */
  private void userInfo(int end) {
    int from = passwordBefore(scene, end);
    if (from > 0 && end > from) {
      scene.add(SensitiveType.SECRET, RedactionReason.SHAPE, from, end);
    }
  }

  /** Where the password begins that the at sign here ends, in an address with user; or -1. */
  static int passwordBefore(Scene scene, int end) {
    int colon = -1;
    int from = end;
    while (end - from < USERINFO_MAX && isUserInfo(scene.at(from - 1))) {
      from--;
      colon = scene.at(from) == ':' ? from : colon;
    }
    boolean address =
        scene.at(from - 1) == '/' && scene.at(from - 2) == '/' && scene.at(from - 3) == ':';
    return address && colon > 0 ? colon + 1 : -1;
  }

  private static boolean isUserInfo(char c) {
    return "/?#@\"".indexOf(c) < 0 && c != Folding.LABEL && !Chars.isSpace(c);
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
