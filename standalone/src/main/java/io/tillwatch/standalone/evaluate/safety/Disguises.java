package io.tillwatch.standalone.evaluate.safety;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What can be read in a text by whoever tries: the usual encodings undone, over one another, and
 * separators taken out. Knows nothing of the redactor, whose work it judges.
 */
final class Disguises {

  /** Encodings that are undone over one another. */
  private static final int ROUNDS = 4;

  /** Readings of one text; more are not looked at. */
  private static final int READINGS_MAX = 60;

  private static final Pattern PERCENT = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");
  private static final Pattern ENTITY =
      Pattern.compile("&#(?:[xX]([0-9A-Fa-f]{1,6})|(\\d{1,7}));?|&([A-Za-z]{2,6});");
  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9A-Fa-f]{4})");
  private static final Pattern QUOTED_PRINTABLE = Pattern.compile("=([0-9A-F]{2})");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{16,}={0,2}");
  private static final Pattern HEX = Pattern.compile("(?:[0-9A-Fa-f]{2}){12,}");
  private static final Pattern SEPARATORS =
      Pattern.compile("[\\s\\p{Z}\\p{Cf}\\-\\u2010-\\u2015./+_|,]+");

  private static final Map<String, String> NAMED =
      Map.of(
          "amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", "\u00a0", "shy",
          "\u00ad", "ensp", "\u2002", "emsp", "\u2003", "ndash", "\u2013");

  private static final List<UnaryOperator<String>> WHOLE =
      List.of(
          text -> replaced(PERCENT, text, Disguises::percent),
          text -> replaced(ENTITY, text, Disguises::entity),
          text -> replaced(ESCAPE, text, found -> character(found.group(1), 16)),
          text -> replaced(QUOTED_PRINTABLE, text, found -> character(found.group(1), 16)));

  private Disguises() {}

  private record Reading(String text, int depth) {}

  /** Every run of digits that can be read in a text, with nothing between them. */
  static List<String> digits(String text) {
    return readings(text).stream().map(Disguises::undivided).toList();
  }

  /** Whether so many digits of a number, one behind the other, can be read. */
  static boolean shows(List<String> digits, String number, int many) {
    for (int i = 0; i + many <= number.length(); i++) {
      String part = number.substring(i, i + many);
      if (digits.stream().anyMatch(each -> each.contains(part))) {
        return true;
      }
    }
    return false;
  }

  private static Set<String> readings(String text) {
    Set<String> seen = new LinkedHashSet<>();
    Deque<Reading> open = new ArrayDeque<>(List.of(new Reading(text, 0)));
    while (!open.isEmpty() && seen.size() < READINGS_MAX) {
      Reading next = open.pollLast();
      if (seen.add(next.text) && next.depth < ROUNDS) {
        within(next.text).forEach(each -> open.addLast(new Reading(each, next.depth + 1)));
      }
    }
    return seen;
  }

  private static Set<String> within(String text) {
    Set<String> found = new LinkedHashSet<>();
    WHOLE.forEach(decoding -> found.add(decoding.apply(text)));
    BASE64
        .matcher(text)
        .results()
        .flatMap(token -> base64(token.group()).stream())
        .forEach(found::add);
    HEX.matcher(text)
        .results()
        .flatMap(token -> printable(HexFormat.of().parseHex(token.group())).stream())
        .forEach(found::add);
    found.remove(text);
    return found;
  }

  private static Optional<String> base64(String token) {
    String plain = token.replace('-', '+').replace('_', '/').replaceAll("=+$", "");
    if (plain.length() % 4 == 1) {
      return Optional.empty();
    }
    return printable(Base64.getDecoder().decode(plain));
  }

  private static Optional<String> printable(byte[] bytes) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.chars().noneMatch(Character::isISOControl) ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException noText) {
      return Optional.empty();
    }
  }

  private static String replaced(Pattern pattern, String text, Function<MatchResult, String> by) {
    return pattern.matcher(text).replaceAll(found -> Matcher.quoteReplacement(by.apply(found)));
  }

  private static String percent(MatchResult found) {
    return new String(
        HexFormat.of().parseHex(found.group().replace("%", "")), StandardCharsets.UTF_8);
  }

  private static String entity(MatchResult found) {
    if (found.group(1) != null) {
      return character(found.group(1), 16);
    }
    return found.group(2) != null
        ? character(found.group(2), 10)
        : NAMED.getOrDefault(found.group(3), found.group());
  }

  private static String character(String number, int radix) {
    int point = Integer.parseInt(number, radix);
    return Character.isValidCodePoint(point) ? Character.toString(point) : "";
  }

  private static String undivided(String text) {
    StringBuilder digits = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFKC)
        .codePoints()
        .forEach(point -> {
          if (Character.isDigit(point)) {
            digits.append(Character.digit(point, 10));
          } else {
            digits.appendCodePoint(point);
          }
        });
    return SEPARATORS.matcher(digits).replaceAll("");
  }
}
