package io.tillwatch.schemas.card;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells names and short texts that hold what is neither kept nor shown: a card number, its
 * verification value behind a label, an e-mail address, or a token of a usual make.
 *
 * <p>For names and messages, of which each is a line. Free text goes through the redactor, which
 * knows far more disguises.
 */
public final class Confidential {

  /** What stands in place of it. */
  public static final String HIDDEN = "…";

  /** Longest text that is looked at piece by piece; of a longer one nothing is shown. */
  private static final int TEXT_MAX = 4_096;

  private static final int TOKEN_LETTERS_MIN = 8;

  private static final Pattern ADDRESS =
      Pattern.compile(
          "[^\\s@<>()\\[\\]'\",;:/=?&]{1,64}(?:@|%40)[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,8}");

  private static final Pattern VERIFICATION_VALUE =
      Pattern.compile("(?i)(?<![a-z])(?:cvv|cvc|cvn|csc)2?[^a-z0-9]{0,3}\\d{3,4}(?!\\d)");

  private static final List<String> TOKENS =
      List.of(
          "bearer ",
          "sk_live_",
          "sk_test_",
          "rk_live_",
          "rk_test_",
          "xoxb-",
          "xoxp-",
          "ghp_",
          "github_pat_",
          "glpat-",
          "akia",
          "whsec_",
          "eyj");

  private Confidential() {}

  /** Whether something of it is in this text. */
  public static boolean isIn(String text) {
    String plain = unescaped(text);
    return isInCode(plain) || holdsAddress(plain);
  }

  /** As it was before it was put into an address; what is no escape stays. */
  private static String unescaped(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] escaped = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream plain = new ByteArrayOutputStream(escaped.length);
    for (int i = 0; i < escaped.length; i++) {
      int high = escaped[i] == '%' && i + 2 < escaped.length ? hex(escaped[i + 1]) : -1;
      int low = high < 0 ? -1 : hex(escaped[i + 2]);
      plain.write(low < 0 ? escaped[i] : high * 16 + low);
      i += low < 0 ? 0 : 2;
    }
    return plain.toString(StandardCharsets.UTF_8);
  }

  private static int hex(byte digit) {
    return digit < 0 ? -1 : Character.digit((char) digit, 16);
  }

  /** The same, in what people write as configuration: there they sign with their address. */
  public static boolean isInCode(String text) {
    return CardNumbers.isInName(text)
        || VERIFICATION_VALUE.matcher(text).find()
        || holdsToken(text.toLowerCase(Locale.ROOT));
  }

  private static boolean holdsAddress(String text) {
    return (text.indexOf('@') >= 0 || text.contains("%40")) && ADDRESS.matcher(text).find();
  }

  private static boolean holdsToken(String text) {
    for (String token : TOKENS) {
      for (int at = text.indexOf(token); at >= 0; at = text.indexOf(token, at + 1)) {
        if (isTokenFrom(text, at, at + token.length())) {
          return true;
        }
      }
    }
    return false;
  }

  /** A token begins a word, and much of it follows. */
  private static boolean isTokenFrom(String text, int start, int end) {
    if (start > 0 && Character.isLetterOrDigit(text.charAt(start - 1))) {
      return false;
    }
    int letters = 0;
    boolean digit = false;
    while (end + letters < text.length() && isOfToken(text.charAt(end + letters))) {
      digit |= Character.isDigit(text.charAt(end + letters));
      letters++;
    }
    return digit && letters >= TOKEN_LETTERS_MIN;
  }

  private static boolean isOfToken(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
  }

  /** A message without it: addresses are left out of it, and with anything else all of it is. */
  public static String hiddenIn(String message) {
    if (message.length() > TEXT_MAX) {
      return HIDDEN;
    }
    if (!isIn(message)) {
      return message;
    }
    String without = ADDRESS.matcher(message).replaceAll(HIDDEN);
    return isIn(without) ? HIDDEN : without;
  }
}
