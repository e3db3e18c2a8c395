package io.tillwatch.triage.gateway.redact;

import static io.tillwatch.triage.gateway.redact.Disguises.base64;
import static io.tillwatch.triage.gateway.redact.Disguises.each;
import static io.tillwatch.triage.gateway.redact.Disguises.groups;
import static io.tillwatch.triage.gateway.redact.TestCards.digits;
import static io.tillwatch.triage.gateway.redact.TestCards.hex;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** More families, written after what {@link HeldOut} showed was mended, and looked at once. */
final class HeldOutLater {

  private static final String[] CIFRAS = {
    "cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"
  };

  private HeldOutLater() {}

  private static Sample.Family whole(String name, UnaryOperator<String> disguise) {
    return new Sample.Family(
        name, (random, pan) -> Sample.card(pan, "", disguise.apply(pan), " seen", "seen"));
  }

  private static Sample.Family framed(String name, String before, String behind) {
    return new Sample.Family(name, (random, pan) -> Sample.card(pan, before, pan, behind));
  }

  private static Sample.Family s(
      String name, String before, Function<RandomGenerator, String> secret, String behind) {
    return new Sample.Family(
        name, (random, pan) -> Sample.secret(before, secret.apply(random), behind));
  }

  private static Sample.Family clean(String name, Function<RandomGenerator, String> text) {
    return new Sample.Family(
        name,
        (random, pan) -> {
          String one = text.apply(random);
          return Sample.clean("x " + one + " z", one);
        });
  }

  static List<Sample.Family> forms() {
    return List.of(
        whole("cells", pan -> "<td>" + groups(pan, "</td><td>") + "</td>"),
        whole("comma fields", pan -> groups(pan, ",")),
        whole("objects in a list", pan -> "[{\"d\":\"" + groups(pan, "\"},{\"d\":\"") + "\"}]"),
        whole(
            "dump with gaps",
            pan ->
                each(pan.substring(0, 8), d -> "3" + d, " ")
                    + "  "
                    + each(pan.substring(8), d -> "3" + d, " ")),
        whole("tag characters", pan -> each(pan, d -> Character.toString(0xE0030 + d), "")),
        whole("isolates", pan -> "\u2066" + groups(pan, "\u2069\u2066") + "\u2069"),
        whole("fillers", pan -> each(pan, Integer::toString, "\u3164")),
        whole("word joiners", pan -> groups(pan, "\u2060 \u2060")),
        whole("text style", pan -> each(pan, d -> d + "\uFE0E", "")),
        whole(
            "negative circles",
            pan -> each(pan, d -> Character.toString(d == 0 ? 0x24FF : 0x2775 + d), "")),
        whole("Spanish spelled", pan -> each(pan, d -> CIFRAS[d], " ")),
        whole("spelled in lines", pan -> each(pan, d -> HeldOut.Spoken.WORDS[d], "\n")),
        whole(
            "as a number",
            pan ->
                pan.charAt(0)
                    + ","
                    + pan.substring(1, 4)
                    + ","
                    + pan.substring(4, 7)
                    + ","
                    + pan.substring(7, 10)
                    + ","
                    + pan.substring(10, 13)
                    + ","
                    + pan.substring(13)),
        whole("with exponent", pan -> pan.charAt(0) + "." + pan.substring(1) + "E15"),
        whole("as a float", pan -> pan + ".0"),
        whole("filled with zeros", pan -> "000" + pan),
        whole("commas and percent", pan -> groups(pan, "%252C")),
        whole("percent of wide", pan -> each(pan, d -> "%EF%BC%9" + d, "")),
        whole(
            "base64 of wide",
            pan -> base64("n " + each(pan, d -> Character.toString(0xFF10 + d), ""))),
        whole("base64 of lines", pan -> base64("card\n" + groups(pan, "\n"))),
        whole("base64 without end", pan -> base64("{\"n\":" + pan + "}").replace("=", "")),
        whole("Java strings", pan -> "\"" + groups(pan, "\"\n  + \"") + "\""));
  }

  static List<Sample.Family> places() {
    return List.of(
        framed("form part", "name=\"card\"\r\n\r\n", "\r\n--x"),
        framed("cookie", "Cookie: pan=", "; a=b"),
        framed("text of protobuf", "card { number: \"", "\" }"),
        framed("struct", "{Number:", " Exp:}"),
        framed("hash of Ruby", "{:pan=>\"", "\"}"),
        framed("property", "card.number = ", ""),
        framed("query", "card(number:\\\"", "\\\")"),
        framed("currency", "EUR", ""),
        framed("amount before", "12.50 ", " EUR"),
        framed("time before", "20:15:16 ", ""),
        framed("time in millis before", "1770000000000 ", " 17"),
        framed("id behind", "", " 7f3a"),
        framed("name and value", "{\"name\":\"pan\",\"value\":\"", "\"}"),
        new Sample.Family(
            "parts of eight",
            (random, pan) ->
                new Sample(
                    "{\"card_head\":\""
                        + pan.substring(0, 8)
                        + "\",\"card_tail\":\""
                        + pan.substring(8)
                        + "\"}",
                    pan,
                    List.of(),
                    List.of())),
        new Sample.Family(
            "dated track",
            (random, pan) ->
                new Sample(
                    "t2=" + pan + "=2912101" + digits(random, 6),
                    pan,
                    List.of("2912101"),
                    List.of())),
        new Sample.Family(
            "row of JSON",
            (random, pan) ->
                new Sample(
                    "[\"" + pan + "\",\"11/29\",\"9" + digits(random, 2) + "\",\"Jane Doe\"]",
                    pan,
                    List.of("11/29", "\"9", "Jane"),
                    List.of())),
        new Sample.Family(
            "row with the value first",
            (random, pan) ->
                new Sample(
                    pan + ",9" + digits(random, 2) + ",11/29",
                    pan,
                    List.of(",9", "11/29"),
                    List.of())),
        new Sample.Family(
            "name before",
            (random, pan) ->
                new Sample(
                    "Jane Doe;" + pan + ";11/29;9" + digits(random, 2),
                    pan,
                    List.of("Jane", "11/29", ";9"),
                    List.of())));
  }

  static List<Sample.Family> secrets() {
    return List.of(
        s("cvv by name and value", "{\"name\":\"cvv\",\"value\":\"", r -> digits(r, 3), "\"}"),
        s("two names", "CVV/CVC: ", r -> digits(r, 3), ""),
        s("name with a note", "CVV (3 digits): ", r -> "7" + digits(r, 2), ""),
        s("sign of number", "cvv#", r -> "7" + digits(r, 2), " ok"),
        s("cvv in a form part", "name=\"cvv\"\r\n\r\n", r -> digits(r, 3), "\r\n--x"),
        s("cvv in Ruby", ":cvv=>\"", r -> digits(r, 3), "\""),
        s("cvv of a struct", "Cvv:", r -> digits(r, 3), " Exp"),
        s("expires", "expires ", r -> "11/29", " ok"),
        s("expiry in dots", "exp. date: ", r -> "11.2029", " ok"),
        s("expiry with spaces", "Expiry ", r -> "11 / 29", " ok"),
        s("mmyy", "exp=", r -> "1129", "&x"),
        s("pin spelled", "my pin is ", r -> "four two four two", " ok"),
        s("pin of a struct", "Pin:", r -> digits(r, 4), " x"),
        s("telephone", "Tel.: ", r -> "030/1234" + digits(r, 3), " x"),
        s("fax", "fax ", r -> "+49 30 1234" + digits(r, 3), " x"),
        s("name on card", "Name on card: ", r -> "JANE DOE", ""),
        s("holder's name", "cardholder's name is ", r -> "Jane Doe", ", thanks"),
        s("holder with a dash", "Cardholder Name - ", r -> "Jane Doe", ""),
        s("owner object", "{\"owner\":{\"id\":7,\"name\":\"", r -> "Jane Doe", "\"}}"),
        s("last name", "{\"lastName\": \"", r -> "Doe-Smith", "\"}"),
        s("access key", "aws_secret_access_key = ", r -> hex(r, 40), "\n"),
        s("session", "Set-Cookie: session=", r -> hex(r, 24), "; Path=/"),
        s("quoted password", "password: '", r -> "a b c " + hex(r, 6), "'"),
        s("auth token", "X-Auth-Token: ", r -> hex(r, 24), "\n"),
        s("header in a list", "[\"Authorization\",\"Bearer ", r -> hex(r, 24), "\"]"),
        s("mail in brackets", "mailto:", r -> "j.d@example.co.uk", "?subject=x"),
        s("mail in JSON escapes", "\"", r -> "jane\\u0040example.com", "\""),
        s("iban of Malta", "x ", r -> "MT84MALT011000012345MTLCAST001S", " y"),
        s("iban in percent", "to=", r -> "GB82%20WEST%201234%205698%207654%2032", "&x"));
  }

  static List<Sample.Family> neighbours() {
    return List.of(
        clean("date and time", r -> "20261129201516" + digits(r, 3)),
        clean("epoch list", r -> "17" + digits(r, 8) + ",17" + digits(r, 8)),
        clean("partition lags", r -> "0:12 1:4111 2:0 3:871 4:12 5:9"),
        clean("subnet", r -> "10.0.0.0/8, 2001:db8::" + hex(r, 4)),
        clean("header of a trace", r -> "b3: " + hex(r, 32) + "-" + hex(r, 16) + "-1"),
        clean("counts", r -> "accepted 836149 duplicate 2472 late 0 dead 0"),
        clean("window", r -> "[2026-11-29T20:15:00Z, 2026-11-29T20:16:00Z)"),
        clean("psp reference", r -> "NC6HT9CRT65E" + digits(r, 4)),
        clean("stan and auth", r -> "stan=" + digits(r, 6) + " auth=" + digits(r, 6)),
        clean("card type", r -> "card_type=credit card_brand=visa card_country=DE"),
        clean("pin state", r -> "pin_entry=online pin tries 3 of 3"),
        clean("expiry of a certificate", r -> "cert expires 2027-03-14T00:00:00Z"),
        clean("names of services", r -> "name=checkout-api host=api-7 owner=payments"),
        clean("key of a record", r -> "key=pay_" + hex(r, 12) + " partition=7"),
        clean("token count", r -> "tokens=4111 token_type=bearer_token"),
        clean("phones of nobody", r -> "call volume 4111 per minute"),
        clean("money", r -> "EUR 1,234,567.89 / USD 2,345,678.90"),
        clean("latencies", r -> "412 ms, 871 ms, 1224 ms, 4111 ms"),
        clean("image", r -> "registry.example/app@sha256:" + hex(r, 64)),
        clean("jar", r -> "kafka-streams-4.3.1.jar!/org/apache/kafka/streams/KafkaStreams.class"));
  }
}
