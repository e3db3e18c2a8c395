package io.tillwatch.triage.advice;

import io.tillwatch.triage.gateway.redact.Redactor;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is left of a model's text when everything is gone that is more than words.
 *
 * <p>One line of Unicode letters, digits and plain punctuation. In order: it is redacted as it
 * stands, which sees through markup; terminal sequences, controls, invisible and unassigned
 * characters and halves of pairs become spaces, width variants become plain, markup loses its
 * signs, and what a reader of links would follow is broken apart; then it is redacted again, and
 * the brackets of the redactor's labels go as markup does. Cleaning what is clean changes nothing.
 * Belongs to one thread, as its redactor does.
 */
final class Wording {

  /** A longer text is not looked at beyond this: twice what is ever kept. */
  private static final int LOOKED_AT_MAX = 2_048;

  private static final Pattern TERMINAL =
      Pattern.compile("(\\x1B\\[|\\x{9B})[0-9;?]{0,32}[ -/]{0,4}[@-~]?");
  private static final Pattern INVISIBLE =
      Pattern.compile(
          "[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}\\u034F\\u115F\\u1160\\u17B4\\u17B5"
              + "\\u2800\\u3164\\uFFA0\\uFFFC\\uFFFD\\x{FE00}-\\x{FE0F}\\x{E0100}-\\x{E01EF}]+");
  private static final Pattern MARKUP = Pattern.compile("[<>{}\\[\\]|`\\\\^~*#@$&=\"]+");
  private static final Pattern EDGE_OF_EMPHASIS =
      Pattern.compile("(?<![\\p{L}\\p{N}])_+|_+(?![\\p{L}\\p{N}])|__+");
  private static final Pattern FULL_STOPS = Pattern.compile("[\\u3002\\uFF0E\\uFF61]");
  private static final Pattern HOST = Pattern.compile("\\.(?=\\p{L})");
  private static final Pattern SCHEME =
      Pattern.compile("(?<=[\\p{L}\\p{N}]):(?=[^\\s\\d])|:(?=//)");
  private static final Pattern SLASHES = Pattern.compile("//+");
  private static final Pattern DASHES = Pattern.compile("--+");
  private static final Pattern SPACES = Pattern.compile("[\\s\\p{Zs}]+");
  private static final Pattern LEADING = Pattern.compile("^[-=+%!?.,;:/'\\s\\u2212]+");

  private final Redactor redactor = new Redactor();

  /** One line of at most so many characters; may be empty. */
  String clean(String text, int charactersMax) {
    String words = words(redactor.redact(cut(text, LOOKED_AT_MAX)));
    return cut(words(redactor.redact(words)), charactersMax);
  }

  /** The same for a name to compare with: lower case. */
  String name(String text, int charactersMax) {
    return clean(text, charactersMax).toLowerCase(Locale.ROOT);
  }

  private static String words(String text) {
    String plain = TERMINAL.matcher(text).replaceAll(" ");
    plain = INVISIBLE.matcher(plain).replaceAll(" ");
    plain = Normalizer.normalize(plain, Normalizer.Form.NFKC);
    plain = INVISIBLE.matcher(plain).replaceAll(" ");
    plain = FULL_STOPS.matcher(plain).replaceAll(".");
    plain = MARKUP.matcher(plain).replaceAll(" ");
    plain = EDGE_OF_EMPHASIS.matcher(plain).replaceAll(" ");
    plain = SCHEME.matcher(plain).replaceAll(": ");
    plain = SLASHES.matcher(plain).replaceAll("/");
    plain = HOST.matcher(plain).replaceAll(". ");
    plain = DASHES.matcher(plain).replaceAll("-");
    plain = SPACES.matcher(plain).replaceAll(" ");
    return LEADING.matcher(plain).replaceAll("").strip();
  }

  private static String cut(String text, int charactersMax) {
    if (text.length() <= charactersMax) {
      return text;
    }
    boolean inPair = Character.isHighSurrogate(text.charAt(charactersMax - 1));
    return text.substring(0, inPair ? charactersMax - 1 : charactersMax).strip();
  }
}
