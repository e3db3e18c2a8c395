package io.tillwatch.triage.gateway.redact;

import static io.tillwatch.triage.gateway.redact.TestCards.digits;
import static io.tillwatch.triage.gateway.redact.TestCards.hex;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What else may not stay, and what looks like it and must. */
final class Companions {

  private Companions() {}

  static List<Sample.Family> secrets() {
    return Stream.concat(authentication().stream(), personal().stream()).toList();
  }

  private static List<Sample.Family> authentication() {
    return List.of(
        new Sample.Family(
            "cvv in a query",
            (random, pan) -> Sample.secret("cvc=", digits(random, 3), "&cur=EUR", "cur=EUR")),
        new Sample.Family(
            "cvv as element",
            (random, pan) -> Sample.secret("<Cvv2>", digits(random, 3), "</Cvv2><cur>EUR", "EUR")),
        new Sample.Family(
            "cvv in prose",
            (random, pan) ->
                Sample.secret("the security code is ", digits(random, 3), ", thanks", "thanks")),
        new Sample.Family(
            "cvv in brackets",
            (random, pan) -> Sample.secret("card[cvc]=", digits(random, 4), "&a=1", "a=1")),
        new Sample.Family(
            "cvv told first",
            (random, pan) -> Sample.secret("says ", digits(random, 3) + " is my cvv", "")),
        new Sample.Family(
            "pin",
            (random, pan) ->
                Sample.secret("{\"pin\":\"", digits(random, 4), "\",\"pin_tries\":3}", "3")),
        new Sample.Family(
            "pin block", (random, pan) -> Sample.secret("pinBlock=", hex(random, 16), " ok", "ok")),
        new Sample.Family(
            "record",
            (random, pan) ->
                new Sample(
                    pan + ";1229;" + "7" + digits(random, 2) + ";JANE Q DOE;EUR",
                    pan,
                    List.of("1229", "JANE"),
                    List.of("EUR"))),
        new Sample.Family(
            "record of fields",
            (random, pan) ->
                new Sample(
                    pan + "|03|2031|" + "8" + digits(random, 2) + "|Jane Doe",
                    pan,
                    List.of("|03|", "2031", "|8", "Jane"),
                    List.of())));
  }

  private static List<Sample.Family> personal() {
    return List.of(
        new Sample.Family(
            "name in a log",
            (random, pan) -> Sample.secret("cardholder=", "JANE VAN DER DOE", " rc=05", "rc=05")),
        new Sample.Family(
            "name in a query",
            (random, pan) -> Sample.secret("card_holder_name=", "Jane+Doe", "&x=1", "x=1")),
        new Sample.Family(
            "name in XML",
            (random, pan) ->
                Sample.secret("<NameOnCard>", "Zo\u00EB D'Arc", "</NameOnCard>", "NameOnCard")),
        new Sample.Family(
            "mail escaped",
            (random, pan) -> Sample.secret("to=", "jane.doe%40example.com", "&x=1", "x=1")),
        new Sample.Family(
            "mail in entities",
            (random, pan) -> Sample.secret("to ", "jane.doe&#64;example.com", " x", " x")),
        new Sample.Family(
            "phone",
            (random, pan) ->
                Sample.secret("call ", "+44 7700 900" + digits(random, 3), " now", "now")),
        new Sample.Family(
            "bearer",
            (random, pan) ->
                Sample.secret("authorization: bearer ", "tw1" + hex(random, 40), " 401", "401")),
        new Sample.Family(
            "api key",
            (random, pan) ->
                Sample.secret(
                    "{\"api_key\":\"", "k" + hex(random, 24), "\",\"psp\":\"x\"}", "psp")),
        new Sample.Family(
            "password",
            (random, pan) ->
                Sample.secret("password=", "hunter" + digits(random, 2) + "!", " user=ops", "ops")),
        new Sample.Family(
            "user information",
            (random, pan) ->
                Sample.secret("amqp://svc:", "pw" + hex(random, 8), "@mq:5672/v", "mq:5672/v")),
        new Sample.Family(
            "iban in small letters",
            (random, pan) -> Sample.secret("to ", "gb82 west 1234 5698 7654 32", " ok", "ok")),
        new Sample.Family(
            "expiry in prose",
            (random, pan) -> Sample.secret("valid thru ", "11/29", " rc 54", "rc 54")),
        new Sample.Family(
            "track in escapes",
            (random, pan) ->
                new Sample(
                    "t=%3B" + pan + "%3D29122010000012345%3F ok",
                    pan,
                    List.of("2912201"),
                    List.of("ok"))));
  }

  static List<Sample.Family> neighbours() {
    return List.of(
        clean("uuid", r -> new UUID(r.nextLong(), r.nextLong()).toString()),
        clean("trace", r -> hex(r, 32) + "-" + hex(r, 16)),
        clean("hash", r -> hex(r, 64)),
        clean("time in millis", r -> "17" + digits(r, 11)),
        clean("time in nanos", r -> "17" + digits(r, 17)),
        clean("arn", r -> "7" + digits(r, 22)),
        clean("small number", r -> "0.4" + digits(r, 15)),
        clean("amounts", r -> "4,111,111.11 EUR and 5,555.55 USD"),
        clean("address", r -> "10.2." + r.nextInt(256) + "." + r.nextInt(256) + ":9092"),
        clean("bins", r -> "4" + "12345" + "00-" + "41234599"),
        clean("masked", r -> "411111******1111 and 5555 55XX XXXX 4444"),
        clean("masked long", r -> "41111111****1111"),
        clean("result codes", r -> "cvv_result=M cvc_check=pass cvv2ResponseCode=N"),
        clean("words", r -> "card declined, pin retries exceeded, password reset, expiry check"),
        clean("dates", r -> "2026-11-29 20:15:16.123 to 2026-11-30T01:02:03.456789Z"),
        clean("stack", r -> "at io.tillwatch.Card.read(Card.java:4111) [app-1.4.11.jar:1.4.11]"),
        clean("last four", r -> "last4=1111 first6=411111 bin=41111111"),
        clean(
            "json of a bin",
            r -> "{\"card\":{\"bin\":\"411111\",\"last4\":\"1111\"},\"a\":125012}"),
        clean("versions", r -> "kafka 4.3.1, jdk 25.0.1+8-LTS, build 1.2.3-4567"),
        clean("merchant id", r -> "mid=" + "88" + digits(r, 13) + " mcc=5999"),
        clean("class names", r -> "org.apache.kafka.streams.processor.internals.StreamThread"),
        clean("token of a vault", r -> "tok_" + hex(r, 16) + " pm_" + hex(r, 24)));
  }

  private static Sample.Family clean(
      String name, java.util.function.Function<java.util.random.RandomGenerator, String> text) {
    return new Sample.Family(
        name,
        (random, pan) -> {
          String one = text.apply(random);
          return Sample.clean("id " + one + " end", one);
        });
  }
}
