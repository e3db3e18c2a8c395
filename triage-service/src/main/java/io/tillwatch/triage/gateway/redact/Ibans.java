package io.tillwatch.triage.gateway.redact;

/** International bank account numbers (ISO 13616): country, length and checksum. */
final class Ibans {

  private static final int LENGTH_MIN = 15;
  private static final int LENGTH_MAX = 34;
  private static final int SPAN_MAX = 72;
  private static final String NAME = "iban";

  private static final String LENGTHS =
      "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27"
          + " DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28"
          + " IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24"
          + " ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22"
          + " RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24"
          + " XK20 YE30";

  /** Countries whose numbers have nothing but digits behind the country. */
  private static final String NUMERIC =
      "AE AT BA BE BI CZ DE DK EE EG ES FI FO GL HR HU IL IS LT LY ME MN MR NO PL PT RS SD SE SI SK"
          + " ST TL TN VA XK";

  private static final byte[] LENGTH_OF = new byte[26 * 26];

  private static final boolean[] NUMERIC_IN = new boolean[26 * 26];

  static {
    for (String country : NUMERIC.split(" ")) {
      NUMERIC_IN[index(country.charAt(0), country.charAt(1))] = true;
    }
    for (String country : LENGTHS.split(" ")) {
      LENGTH_OF[index(country.charAt(0), country.charAt(1))] = Byte.parseByte(country.substring(2));
    }
  }

  private final Scene scene;

  Ibans(Scene scene) {
    this.scene = scene;
  }

  private static int index(char first, char second) {
    return ((first & ~0x20) - 'A') * 26 + (second & ~0x20) - 'A';
  }

  /** Marks the account number whose country stands here, if there is one. */
  void take(int from) {
    boolean begins =
        from >= 0
            && Chars.isAsciiLetter(scene.at(from))
            && Chars.isAsciiLetter(scene.at(from + 1))
            && Chars.isDigit(scene.at(from + 3))
            && (!Chars.isAlnum(scene.at(from - 1)) || isGlued(from));
    int country = begins ? index(scene.at(from), scene.at(from + 1)) : -1;
    int length = begins ? LENGTH_OF[country] : 0;
    if (length < LENGTH_MIN || length > LENGTH_MAX) {
      return;
    }
    int at = from;
    int taken = 0;
    int digits = 0;
    while (taken < length && at - from < SPAN_MAX) {
      char c = scene.at(at);
      if (c < 0x80 && Chars.isAlnum(c)) {
        taken++;
        digits += Chars.isDigit(c) ? 1 : 0;
      } else if (!isSeparator(c) || taken == 0) {
        break;
      }
      at++;
    }
    boolean whole =
        taken == length
            && (!Chars.isAlnum(scene.at(at)) || isCurrency(at))
            && (!NUMERIC_IN[country] || digits == length - 2);
    if (whole && (isValid(from, at) || isNamed(from) && digits * 2 > length)) {
      scene.add(SensitiveType.IBAN, RedactionReason.CHECKSUM, from, at);
    }
  }

  /** Whether the currency of the account stands here, as in {@code :25:} of SWIFT. */
  private boolean isCurrency(int at) {
    for (int i = at; i < at + 3; i++) {
      if (scene.at(i) < 'A' || scene.at(i) > 'Z') {
        return false;
      }
    }
    return !Chars.isAlnum(scene.at(at + 3));
  }

  private static boolean isSeparator(char c) {
    return Chars.isSpace(c) || c == '-' || c == '.' || c == '+' || c == '_';
  }

  /** Whether its name stands right before it. */
  private boolean isGlued(int from) {
    for (int i = 0; i < NAME.length(); i++) {
      if ((scene.at(from - NAME.length() + i) | 0x20) != NAME.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private boolean isNamed(int from) {
    Words words = scene.words;
    int word = words.wordFrom(from) - 1;
    return (words.flags(word) & Vocabulary.IBAN) != 0 && from - words.wordEnd(word) <= 6;
  }

  /** Modulo 97 over all, the first four moved to the end. */
  private boolean isValid(int from, int to) {
    int rest = 0;
    int seen = 0;
    for (int i = from; i < to; i++) {
      if (Chars.isAlnum(scene.at(i))) {
        seen++;
        rest = seen > 4 ? mod(rest, scene.at(i)) : rest;
      }
    }
    seen = 0;
    for (int i = from; i < to && seen < 4; i++) {
      if (Chars.isAlnum(scene.at(i))) {
        seen++;
        rest = mod(rest, scene.at(i));
      }
    }
    return rest == 1;
  }

  private static int mod(int rest, char c) {
    int value = Chars.isDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
    return (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
}
