package io.tillwatch.triage.gateway.redact;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ways to write a card number that were in mind while the redactor was written. */
final class Disguises {

  private static final String[] WORDS = {
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"
  };
  private static final String[] ZIFFERN = {
    "null", "eins", "zwei", "drei", "vier", "fuenf", "sechs", "sieben", "acht", "neun"
  };
  private static final String[] HAN = {
    "\u3007", "\u4E00", "\u4E8C", "\u4E09", "\u56DB", "\u4E94", "\u516D", "\u4E03", "\u516B",
    "\u4E5D"
  };

  private Disguises() {}

  static String each(String pan, IntFunction<String> digit, String between) {
    return pan.chars().mapToObj(c -> digit.apply(c - '0')).collect(Collectors.joining(between));
  }

  /** Groups of four with something between. */
  static String groups(String pan, String between) {
    return String.join(between, pan.split("(?<=\\G.{4})"));
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static String json(String pan) {
    return "{\"pan\":\"%s\",\"amount\":1250}".formatted(pan);
  }

  private static Sample.Family of(String name, IntFunction<String> digit) {
    return of(name, digit, "");
  }

  private static Sample.Family of(String name, IntFunction<String> digit, String between) {
    return new Sample.Family(
        name, (random, pan) -> Sample.card(pan, "x ", each(pan, digit, between), " rc=05", "rc"));
  }

  private static Sample.Family whole(
      String name, java.util.function.UnaryOperator<String> disguise) {
    return new Sample.Family(
        name, (random, pan) -> Sample.card(pan, "got ", disguise.apply(pan), " rc 05", "rc 05"));
  }

  static List<Sample.Family> scripts() {
    return List.of(
        of("wide", d -> Character.toString(0xFF10 + d)),
        of("devanagari", d -> Character.toString(0x0966 + d)),
        of("bengali", d -> Character.toString(0x09E6 + d)),
        of("persian", d -> Character.toString(0x06F0 + d)),
        of("thai", d -> Character.toString(0x0E50 + d)),
        of("mathematical", d -> Character.toString(0x1D7CE + d)),
        of("segmented", d -> Character.toString(0x1FBF0 + d)),
        of(
            "superscript",
            d ->
                "\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079".substring(d, d + 1)),
        of("subscript", d -> Character.toString(0x2080 + d)),
        of("circled", d -> Character.toString(d == 0 ? 0x24EA : 0x245F + d)),
        of("keycaps", d -> d + "\uFE0F\u20E3"),
        of("han", d -> HAN[d]),
        of("spelled", d -> WORDS[d], " "),
        of("spelled with commas", d -> WORDS[d], ", "),
        of("spelled in German", d -> ZIFFERN[d], " "),
        of("struck through", d -> d + "\u0336"));
  }

  static List<Sample.Family> separators() {
    return List.of(
        of("each apart", Integer::toString, " "),
        of("each in dots", Integer::toString, "."),
        of("zero width", Integer::toString, "\u200B"),
        of("soft hyphens", Integer::toString, "\u00AD"),
        of("direction marks", Integer::toString, "\u202D"),
        of("coloured", Integer::toString, "\u001B[0m"),
        whole("en dashes", pan -> groups(pan, "\u2013")),
        whole("slashes", pan -> groups(pan, "/")),
        whole("pipes", pan -> groups(pan, "|")),
        whole("underscores", pan -> groups(pan, "_")),
        whole("commas", pan -> groups(pan, ", ")),
        whole("tabs", pan -> groups(pan, "\t")),
        whole("line ends", pan -> groups(pan, "\n")),
        whole("line ends and indentation", pan -> groups(pan, "\r\n    ")),
        whole("mixed", pan -> groups(pan, " - ").replaceFirst(" - ", ".")),
        whole("two halves", pan -> pan.substring(0, 8) + " " + pan.substring(8)),
        whole("head and tail", pan -> pan.substring(0, 6) + "-" + pan.substring(6)),
        whole("tags", pan -> groups(pan, "<br/>")),
        whole("spans", pan -> "<b>" + groups(pan, "</b><b>") + "</b>"));
  }

  static List<Sample.Family> encodings() {
    return List.of(
        of("percent", d -> "%3" + d),
        of("percent twice", d -> "%253" + d),
        of("percent three times", d -> "%25253" + d),
        of("entities", d -> "&#" + (48 + d) + ";"),
        of("entities without end", d -> "&#" + (48 + d)),
        of("entities in hexadecimal", d -> "&#x3" + d + ";"),
        of("json escapes", d -> "\\u003" + d),
        of("json escapes twice", d -> "\\\\u003" + d),
        of("hexadecimal escapes", d -> "\\x3" + d),
        of("octal escapes", d -> "\\0" + (6 + d / 8) + d % 8),
        of("quoted-printable", d -> "=3" + d),
        whole("quoted-printable gaps", pan -> groups(pan, "=20")),
        whole("soft line break", pan -> pan.substring(0, 9) + "=\r\n" + pan.substring(9)),
        whole("no-break entities", pan -> groups(pan, "&nbsp;")),
        whole("base64", pan -> base64(json(pan))),
        whole("base64 of digits", Disguises::base64),
        whole("base64 twice", pan -> base64(base64(json(pan)))),
        whole("base64 three times", pan -> base64(base64(base64(json(pan))))),
        whole(
            "base64 for addresses",
            pan ->
                base64("\u00FF\u00FE?" + json(pan))
                    .replace('+', '-')
                    .replace('/', '_')
                    .replace("=", "")),
        whole("base64 of escapes", pan -> base64(each(pan, d -> "%3" + d, ""))),
        whole(
            "base64 in lines",
            pan -> base64(" ".repeat(50) + json(pan)).replaceAll("(.{76})", "$1\r\n")),
        whole("hexadecimal", pan -> hex(pan.getBytes(UTF_8))),
        whole("hexadecimal of JSON", pan -> hex(json(pan).getBytes(UTF_8))),
        whole("hexadecimal of UTF-16", pan -> hex(pan.getBytes(UTF_16LE))),
        of("hexadecimal of a mainframe", d -> "F" + d),
        of("hexadecimal apart", d -> "3" + d, " "),
        of("hexadecimal with prefix", d -> "0x3" + d, ", "),
        of("decimal codes", d -> Integer.toString(48 + d), " "));
  }

  static List<Sample.Family> places() {
    return Stream.concat(structures().stream(), kindsOfCard().stream()).toList();
  }

  private static List<Sample.Family> structures() {
    return List.of(
        new Sample.Family(
            "chip",
            (random, pan) ->
                new Sample("9F2608" + "5A08" + pan + "5F340101", pan, List.of(pan), List.of())),
        new Sample.Family(
            "chip track",
            (random, pan) ->
                new Sample("5711" + pan + "D29122010000012345F", pan, List.of("D2912"), List.of())),
        new Sample.Family(
            "length before", (random, pan) -> Sample.card(pan, "de2 ", "16" + pan, "")),
        new Sample.Family(
            "expiry glued", (random, pan) -> Sample.card(pan, "", pan + "0129", " ok")),
        new Sample.Family(
            "array",
            (random, pan) ->
                new Sample(
                    "{\"n\":[" + each(pan, Integer::toString, ",") + "],\"mcc\":5812}",
                    pan,
                    List.of(),
                    List.of("5812"))),
        new Sample.Family(
            "parts in elements",
            (random, pan) ->
                new Sample(
                    "<pan1>"
                        + pan.substring(0, 7)
                        + "</pan1><pan2>"
                        + pan.substring(7)
                        + "</pan2><mcc>5812</mcc>",
                    pan,
                    List.of(),
                    List.of("5812"))),
        new Sample.Family(
            "parts in a query",
            (random, pan) ->
                new Sample(
                    "card_a="
                        + pan.substring(0, 5)
                        + "&card_b="
                        + pan.substring(5, 10)
                        + "&card_c="
                        + pan.substring(10)
                        + "&cur=EUR",
                    pan,
                    List.of(),
                    List.of("cur=EUR"))),
        new Sample.Family(
            "nested JSON",
            (random, pan) ->
                Sample.card(
                    pan,
                    "{\"body\":\"{\\\"card\\\":{\\\"number\\\":\\\"",
                    pan,
                    "\\\"},\\\"mcc\\\":\\\"5812\\\"}\"}",
                    "5812")));
  }

  private static List<Sample.Family> kindsOfCard() {
    return List.of(
        new Sample.Family(
            "named, Luhn fails",
            (random, pan) -> {
              String wrong = pan.substring(0, 15) + (char) ('0' + (pan.charAt(15) - '0' + 1) % 10);
              return Sample.card(wrong, "card_number=", wrong, " psp=adyen", "psp=adyen");
            }),
        new Sample.Family(
            "named in Cyrillic twins",
            (random, pan) -> Sample.secret("\u0441vv=", TestCards.digits(random, 3), ";")),
        new Sample.Family(
            "overexposed",
            (random, pan) ->
                Sample.card(pan, "m=", pan.substring(0, 9) + "***" + pan.substring(12), "")),
        new Sample.Family(
            "nineteen",
            (random, pan) -> {
              String longer = TestCards.card(random, "622848", 19);
              return Sample.card(longer, "UnionPay ", groups(longer, " "), " ok", " ok");
            }),
        new Sample.Family(
            "amex",
            (random, pan) -> {
              String amex = TestCards.amex(random);
              return Sample.card(
                  amex,
                  "",
                  amex.substring(0, 4) + "-" + amex.substring(4, 10) + "-" + amex.substring(10),
                  " approved",
                  "approved");
            }));
  }
}
