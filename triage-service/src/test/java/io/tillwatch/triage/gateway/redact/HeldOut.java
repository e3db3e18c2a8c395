package io.tillwatch.triage.gateway.redact;

import static io.tillwatch.triage.gateway.redact.Disguises.base64;
import static io.tillwatch.triage.gateway.redact.Disguises.each;
import static io.tillwatch.triage.gateway.redact.Disguises.groups;
import static io.tillwatch.triage.gateway.redact.TestCards.digits;
import static io.tillwatch.triage.gateway.redact.TestCards.hex;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Families that were written after the redactor, and looked at once: what they showed says how much
 * it generalises.
 */
final class HeldOut {

  private static final String[] CHIFFRES = {
    "z\u00E9ro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"
  };

  private HeldOut() {}

  private static Sample.Family whole(String name, UnaryOperator<String> disguise) {
    return new Sample.Family(
        name, (random, pan) -> Sample.card(pan, "", disguise.apply(pan), " seen 05", "seen 05"));
  }

  private static Sample.Family framed(String name, String before, String behind) {
    return new Sample.Family(name, (random, pan) -> Sample.card(pan, before, pan, behind));
  }

  private static String three(String pan) {
    return String.join(" ", pan.split("(?<=\\G.{3})"));
  }

  private static String two(String pan) {
    return String.join(" ", pan.split("(?<=\\G.{2})"));
  }

  static List<Sample.Family> forms() {
    return List.of(
        whole("colons", pan -> groups(pan, ":")),
        whole("tildes", pan -> groups(pan, "~")),
        whole("middle dots", pan -> groups(pan, "\u00B7")),
        whole("wide hyphens", pan -> groups(pan, "\uFF0D")),
        whole("ideographic spaces", pan -> groups(pan, "\u3000")),
        whole("line separators", pan -> groups(pan, "\u2028")),
        whole("bullets", pan -> groups(pan, " \u2022 ")),
        whole("arrows", pan -> groups(pan, "->")),
        whole("hashes", pan -> groups(pan, "#")),
        whole("threes", HeldOut::three),
        whole("twos", HeldOut::two),
        whole(
            "fives",
            pan -> pan.substring(0, 5) + "-" + pan.substring(5, 10) + "-" + pan.substring(10)),
        whole("four and twelve", pan -> pan.substring(0, 4) + " " + pan.substring(4)),
        whole("list of YAML", pan -> "- " + groups(pan, "\n- ")),
        whole("list of JSON", pan -> "[\n  \"" + groups(pan, "\",\n  \"") + "\"\n]"),
        whole("strings added", pan -> "\"" + groups(pan, "\" + \"") + "\""),
        whole("characters", pan -> "{'" + each(pan, Integer::toString, "','") + "'}"),
        whole(
            "capitals spelled",
            pan -> each(pan, d -> Spoken.WORDS[d].toUpperCase(java.util.Locale.ROOT), "-")),
        whole("French spelled", pan -> each(pan, d -> CHIFFRES[d], " ")),
        whole(
            "half spelled",
            pan -> pan.substring(0, 8) + each(pan.substring(8), d -> " " + Spoken.WORDS[d], "")),
        whole("scripts mixed", pan -> mixed(pan)),
        whole("letters for zeros", pan -> pan.replace('0', 'O')),
        whole("letters for ones", pan -> pan.replace('1', 'l')),
        whole(
            "pairs of surrogates",
            pan -> each(pan, d -> "\\ud835\\udf" + Integer.toHexString(0xCE + d), "")),
        whole("underlined", pan -> each(pan, d -> d + "\u0332", "")),
        whole("right to left", pan -> "\u202E" + groups(pan, "\u200F \u200F") + "\u202C"));
  }

  private static String mixed(String pan) {
    StringBuilder text = new StringBuilder();
    int[] zeros = {'0', 0xFF10, 0x0660, 0x0966, 0x1D7D8};
    for (int i = 0; i < pan.length(); i++) {
      text.appendCodePoint(zeros[i % zeros.length] + pan.charAt(i) - '0');
    }
    return text.toString();
  }

  private static String hexOf(String text) {
    return HexFormat.of().withUpperCase().formatHex(text.getBytes(UTF_8));
  }

  static List<Sample.Family> encodings() {
    return List.of(
        whole("entities with zeros", pan -> each(pan, d -> "&#00" + (48 + d) + ";", "")),
        whole("entities escaped", pan -> each(pan, d -> "&amp;#" + (48 + d) + ";", "")),
        whole("percent u", pan -> each(pan, d -> "%u003" + d, "")),
        whole("braces", pan -> each(pan, d -> "\\u{3" + d + "}", "")),
        whole("long escapes", pan -> each(pan, d -> "\\U0000003" + d, "")),
        whole("data address", pan -> "data:text/plain;base64," + base64("card " + pan)),
        whole("path of base64", pan -> "/v1/raw/" + base64("{\"c\":\"" + pan + "\"}") + "/x"),
        whole("encoded word", pan -> "=?utf-8?B?" + base64("card " + pan) + "?="),
        whole("hexadecimal of base64", pan -> hexOf(base64(pan))),
        whole("base64 of hexadecimal", pan -> base64(hexOf(pan))),
        whole("base64 in percent", pan -> base64("pan=" + pan).replace("=", "%3D")),
        whole("base64 of groups", pan -> base64("n: " + groups(pan, " "))),
        whole("no-break in quoted-printable", pan -> groups(pan, "=C2=A0")),
        whole("no-break in percent", pan -> groups(pan, "%C2%A0")),
        whole("plus and percent", pan -> groups(pan, "+%2D+")),
        whole("dump", pan -> each(pan, d -> "3" + d, ":")),
        whole("base64 behind a name", pan -> "x_" + base64("{\"c\":\"" + pan + "\"}")));
  }

  static List<Sample.Family> places() {
    return Stream.concat(surroundings().stream(), kindsOfCard().stream()).toList();
  }

  private static List<Sample.Family> surroundings() {
    return List.of(
        framed("attribute", "<card pan=\"", "\" exp='1229'/>"),
        framed("serialised", "s:3:\"pan\";s:16:\"", "\";"),
        framed("record", "Card[number=", ", brand=VISA]"),
        framed("statement", "INSERT INTO c VALUES (7,'", "','2029-12')"),
        framed("cc sign", "cc# ", "."),
        framed("header", "X-Card-Number: ", "\r\nX-Trace: 1"),
        framed("path", "/cards/", ".json"),
        framed("letters around", "abc", "xyz"),
        framed("underscores around", "__", "__"),
        framed("Markdown", "| `", "` | ok |"),
        framed("percent key", "card%5Bno%5D=", "%26x"),
        new Sample.Family(
            "csv of quotes",
            (random, pan) ->
                Sample.card(pan, "\"7\",\"", groups(pan, " "), "\",\"12.50\"", "12.50")));
  }

  private static List<Sample.Family> kindsOfCard() {
    return List.of(
        new Sample.Family(
            "visa of nineteen",
            (random, pan) -> {
              String longer = TestCards.card(random, "411111", 19);
              return Sample.card(longer, "v ", longer, " ok", "ok");
            }),
        new Sample.Family(
            "diners",
            (random, pan) -> {
              String diners = TestCards.card(random, "305693", 14);
              return Sample.card(diners, "d ", diners, " ok", "ok");
            }),
        new Sample.Family(
            "twelve in a field",
            (random, pan) -> {
              String maestro = TestCards.card(random, "675900", 12);
              return Sample.card(maestro, "{\"primaryAccountNumber\":\"", maestro, "\"}");
            }),
        new Sample.Family(
            "field fails Luhn, in groups",
            (random, pan) -> {
              String wrong = pan.substring(0, 15) + (char) ('0' + (pan.charAt(15) - '0' + 1) % 10);
              return Sample.card(wrong, "Card Number: ", groups(wrong, " "), "");
            }),
        new Sample.Family(
            "table of Markdown",
            (random, pan) ->
                new Sample(
                    "| " + groups(pan, " ") + " | 12/29 | 9" + digits(random, 2) + " |",
                    pan,
                    List.of("12/29", "| 9"),
                    List.of())),
        new Sample.Family(
            "told",
            (random, pan) ->
                new Sample(
                    "my card " + groups(pan, " ") + " exp 11/29 cvv 9" + digits(random, 2),
                    pan,
                    List.of("11/29", "cvv 9"),
                    List.of("my card"))),
        new Sample.Family(
            "record with MMYY first",
            (random, pan) ->
                new Sample(
                    pan + ":11:29:9" + digits(random, 2), pan, List.of(":11:", ":9"), List.of())));
  }

  static List<Sample.Family> secrets() {
    return List.of(
        s("German cvv", "Kartenpr\u00FCfnummer: ", r -> digits(r, 3), " ok"),
        s("Spanish cvv", "c\u00F3digo de seguridad: ", r -> digits(r, 3), " ok"),
        s("cvv in quotes", "'cvc2' : '", r -> digits(r, 3), "'"),
        s("cvv in percent", "cvv=", r -> "%39%3" + r.nextInt(10) + "%33", "&x"),
        s("cvv element", "<CardSecurityCode>", r -> digits(r, 4), "</CardSecurityCode>"),
        s("verification value", "{\"verification_value\": \"", r -> digits(r, 3), "\"}"),
        s("cvv spelled", "cvv is ", r -> "seven two four", " ok"),
        s("wide cvv", "CVV\uFF1A", r -> "\uFF17\uFF12\uFF11", " ok"),
        s("pin told", "PIN is ", r -> digits(r, 4), ", he said"),
        s("pin element", "<PinBlock>", r -> hex(r, 16), "</PinBlock>"),
        s("iban in dashes", "iban ", r -> "DE89-3704-0044-0532-0130-00", " x"),
        s("iban glued", "Konto:", r -> "NL91ABNA0417164300", ";"),
        s("mail with plus", "from <", r -> "jane+t" + digits(r, 2) + "@mail.example.com", ">"),
        s("mail abroad", "an ", r -> "j\u00F6rg@b\u00FCcher.example", " x"),
        s("mail spelled", "to ", r -> "jane.doe [at] example [dot] org", " x"),
        s("mobile", "mobile: ", r -> "0171-1234" + digits(r, 3), " x"),
        s("phone in JSON", "{\"phone\":{\"number\":\"", r -> "2125550" + digits(r, 3), "\"}}"),
        s("phone with dots", "ring ", r -> "212.555.0" + digits(r, 3), " x"),
        s("holder in JSON", "{\"holderName\":\"", r -> "J. Doe-Smith", "\"}"),
        s("holder in German", "Karteninhaber: ", r -> "J\u00FCrgen M\u00FCller", ", Betrag 5"),
        s("billing", "{\"billing\":{\"name\":\"", r -> "Jane Doe", "\"}}"),
        s("first name", "first_name=", r -> "Jane", "&x"),
        s("holder in Japanese", "\u540D\u7FA9\u4EBA: ", r -> "\u5C71\u7530\u592A\u90CE", " x"),
        s("key in a header", "X-Api-Key: ", r -> hex(r, 32), "\r\n"),
        s("client secret", "client_secret=", r -> hex(r, 20), "&grant=x"),
        s("cookie", "Cookie: sid=", r -> hex(r, 24), "; x"),
        s("basic", "Authorization: Basic ", r -> base64("ops:" + hex(r, 8)), " x"),
        s(
            "jwt",
            "got ",
            r ->
                base64("{\"alg\":\"HS256\",\"t\":1}").replace("=", "")
                    + "."
                    + base64("{\"sub\":\"" + hex(r, 8) + "\"}").replace("=", "")
                    + ".c2ln",
            " x"),
        s(
            "pem",
            "k: ",
            r -> "-----BEGIN PRIVATE KEY-----\n" + hex(r, 60) + "\n-----END PRIVATE KEY-----",
            " x"),
        s("expiry in JSON", "{\"expirationDate\":\"", r -> "2029-11", "\"}"),
        s("expiry in German", "g\u00FCltig bis ", r -> "11/29", " ok"));
  }

  private static Sample.Family s(
      String name,
      String before,
      java.util.function.Function<java.util.random.RandomGenerator, String> secret,
      String behind) {
    return new Sample.Family(
        name, (random, pan) -> Sample.secret(before, secret.apply(random), behind));
  }

  static List<Sample.Family> neighbours() {
    return List.of(
        clean("isbn", r -> "978-3-16-" + digits(r, 6) + "-0"),
        clean("imei", r -> "35" + digits(r, 13)),
        clean("parcel", r -> "1Z999AA1" + digits(r, 10)),
        clean("place", r -> "52." + digits(r, 6) + ", 13." + digits(r, 6)),
        clean("pod", r -> "triage-" + hex(r, 10) + "-x2x4z"),
        clean("commit", r -> hex(r, 40)),
        clean("network card", r -> "00:1b:44:11:3a:b7"),
        clean("time", r -> "20:15:16.123 GMT+02:00"),
        clean("ratio", r -> "9,876 of 12,345 (80.0 %), p95 1,024 ms"),
        clean("order", r -> "ORD-2026-" + digits(r, 4) + "-" + digits(r, 4)),
        clean("time in micros", r -> "17" + digits(r, 14)),
        clean("reference", r -> "9" + digits(r, 15)),
        clean("rrn", r -> "rrn=6" + digits(r, 11)),
        clean("offset", r -> "offset=5" + digits(r, 11)),
        clean("levels", r -> "p50=412 p95=871 p99=1224 max=4111"),
        clean("state", r -> "{\"pin_verified\":true,\"cvv_present\":false,\"card_present\":1}"),
        clean("codes", r -> "decline 51, advice 03, mcc 5411 5812 5999"),
        clean("sku", r -> "SKU-" + digits(r, 4) + "-" + hex(r, 4)),
        clean("percentile row", r -> "412,871,1224,4111,5555"),
        clean("version of a card", r -> "card-service:1.14.2 card_id=crd_" + hex(r, 12)),
        clean("grid", r -> digits(r, 2) + " " + digits(r, 3) + " " + digits(r, 1)),
        clean("schedule", r -> "0 */5 8-18 * * 1-5"),
        clean("query id", r -> "q-" + hex(r, 8) + "-" + hex(r, 4)));
  }

  private static Sample.Family clean(
      String name, java.util.function.Function<java.util.random.RandomGenerator, String> text) {
    return new Sample.Family(
        name,
        (random, pan) -> {
          String one = text.apply(random);
          return Sample.clean("x " + one + " z", one);
        });
  }

  /** Digits as people say them. */
  static final class Spoken {

    static final String[] WORDS = {
      "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"
    };

    private Spoken() {}
  }
}
