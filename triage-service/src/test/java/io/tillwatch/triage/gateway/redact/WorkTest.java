package io.tillwatch.triage.gateway.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Goal: no text makes the redactor slow. Method: texts that make naive scans quadratic; every look
 * at a character is counted, and twice the text may cost little more than twice the looks.
 */
class WorkTest {

  private static final String[] UNITS = {
    "4",
    "41",
    "4 ",
    "4111 ",
    "4111-",
    "12 3 ",
    "\u200B",
    "4\u200B",
    " ",
    "-",
    "%25",
    "%34",
    "%",
    "&#52;",
    "&",
    "&amp;",
    "\\",
    "\\u0034",
    "=34",
    "=",
    "=\n",
    "=20",
    "<",
    "<b>",
    "<b>4",
    ">",
    "card ",
    "card=",
    "cvv",
    "cvv=",
    "pin ",
    "exp 1/",
    "name=",
    "name: a ",
    "holder ",
    "secret=",
    "password=\"",
    "token=",
    "bearer ",
    "authorization: ",
    "@",
    "a@",
    "a@b.",
    "a at b dot ",
    "+1 ",
    "(2",
    "DE89",
    "DE89 3704 ",
    "://a:",
    "-----BEGIN PRIVATE KEY-----",
    "-----BEGIN ",
    "eyJ-",
    "eyJhbGciOiJI.",
    "sk_live_",
    "QUFB",
    "NDExMTEx",
    "GEZDGNBV",
    "3431",
    "34 ",
    "0x34,",
    "5A08",
    "5711",
    "4111111111111111",
    "4111111111111111|",
    "4111111111111111^",
    "B4111111111111111^",
    "4111111111111111=",
    ";4111111111111111=2912",
    "4*",
    "**",
    "4111**",
    "x",
    "X4",
    "one ",
    "double ",
    "twenty ",
    "O0",
    "l",
    "{",
    "{\"name\":{",
    "}",
    "[PAN]",
    "[",
    "\uD835\uDFD2",
    "\uD835",
    "\u0664",
    "pan_part1=4111&",
    "{\"pan\":\"41\",",
    "0.",
    "de ",
    "DE2=",
    "aB",
    "a1",
    "\u001B[0m",
    "\u001B[",
    "a=4111 b=1111 ",
    "\"a\":\"4111\",",
    "4111 and ",
    "1st: 4111, ",
    "part 1: 4111\n",
    "10:01 a: 4111\n",
    "CHR(48)||",
    "48,",
    "U+0034 ",
    "00110100 ",
    "064 ",
    "'0x34', ",
    "5A 08 ",
    "57 13 ",
    "card,cvv\n",
    "card,cvv,",
    "cvv\t",
    "cookie: a=b; ",
    "cookie=",
    "\u202E4",
    "#011",
    "4..",
    "4--",
    "4??",
    "\u756A\u53F7\u306F",
    "\uAD6C",
    "cvv\n",
    "cvv? a: ",
    "{\"cvv\":{\"S\":\"",
    "[\"cvv\",\"",
    "-u a:",
    "\"a\"@",
    "a @ b . ",
    "0200F23C449108E1800016",
    "16161616161616 ",
    "[052] "
  };

  private static final int LENGTH = 1 << 14;
  private static final int LENGTH_LARGE = 1 << 20;

  /** Healthy texts need under 20 looks a character; a scan without memory needs hundreds. */
  private static final long LOOKS_MAX = 60;

  private static final double GROWTH_MAX = 2.3;

  record Text(String name, String unit, String head) {
    String of(int length) {
      return head + unit.repeat(length / unit.length());
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Text> texts() {
    List<Text> texts = new ArrayList<>();
    for (String unit : UNITS) {
      texts.add(new Text("repeated " + unit.replace("\n", "\\n"), unit, ""));
    }
    texts.add(new Text("a label and digits", "4", "card="));
    texts.add(new Text("a label and hexadecimal", "a1", "pinblock="));
    texts.add(new Text("an address", "a", "a@"));
    texts.add(new Text("a quote", "a ", "cardholder=\""));
    texts.add(new Text("a key", "a1", "api_key="));
    return texts.stream();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void looksGrowWithTheTextAlone(Text text) {
    long once = looks(text.of(LENGTH));
    long twice = looks(text.of(2 * LENGTH));
    assertThat((twice + 1.0) / (once + 1))
        .as("%d and %d looks", once, twice)
        .isLessThan(GROWTH_MAX);
    assertThat(once / LENGTH).isLessThan(LOOKS_MAX);
  }

  @Test
  void aMegabyteOfDigitsIsLookedAtAFewTimes() {
    long looks = looks(new Text("digits", "4", "card ").of(LENGTH_LARGE));
    assertThat(looks / LENGTH_LARGE).isLessThan(LOOKS_MAX);
  }

  @Test
  void tokensWithinTokensAreDecodedAFewTimes() {
    String text = "pan 4111111111111111 ".repeat(4);
    for (int depth = 0; depth < 8; depth++) {
      text = Disguises.base64(text);
    }
    assertThat(new Redactor().redact("x " + text)).isEqualTo("x [ENCODED]");
    assertThat(looks(text) / text.length()).isLessThan(LOOKS_MAX);
  }

  private static long looks(String text) {
    List<CountingScene> scenes = new ArrayList<>();
    Redactor redactor =
        new Redactor(spans -> {
          CountingScene scene = new CountingScene(spans);
          scenes.add(scene);
          return scene;
        });
    redactor.find(text);
    return redactor.work() + scenes.stream().mapToLong(scene -> scene.looks).sum();
  }

  private static final class CountingScene extends Scene {

    private long looks;

    CountingScene(Spans spans) {
      super(spans);
    }

    @Override
    char at(int index) {
      looks++;
      return super.at(index);
    }
  }
}
