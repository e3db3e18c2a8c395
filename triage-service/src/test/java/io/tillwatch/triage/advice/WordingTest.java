package io.tillwatch.triage.advice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal: nothing is left of a text but words. Method: a table of what others read more into. */
class WordingTest {

  private final Wording wording = new Wording();

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '\0',
      value = {
        "northpay · eu-west: issuer_unavailable 4 % → 72 % => northpay · eu-west:"
            + " issuer_unavailable 4 % → 72 %",
        "version 2.14.0, p95 5.3 s (E2, E5). => version 2.14.0, p95 5.3 s (E2, E5).",
        "<b onmouseover=alert(1)>x</b> => b onmouseover alert(1) x /b",
        "{code}x{code} {include:SECRET} |table| => code x code include: SECRET table",
        "<!channel> <@U123> => channel U123",
        "=HYPERLINK(http://evil.test) => HYPERLINK(http: /evil. test)",
        "see www.evil.test or evil.test/x => see www. evil. test or evil. test/x",
        "[name](javascript:alert) => name (javascript: alert)",
        "h1. *bold* _soft_ `code` ~~gone~~ # Title => h1. bold soft code gone Title",
        "mail amelia.h@example.com => mail EMAIL",
        "ｈｔｔｐ：／／ｅｖｉｌ．ｔｅｓｔ => http: /evil. test",
        "evil。test => evil. test",
        "--- +1 @x -- y => 1 x - y",
      })
  void markupAndLinksLoseTheirSigns(String text, String words) {
    assertThat(wording.clean(text, 400)).isEqualTo(words);
  }

  @Test
  void whatCannotBeSeenIsGone() {
    assertThat(wording.clean("a\u0000b\u001b[31mc\u001b[0m", 400)).isEqualTo("a b c");
    assertThat(wording.clean("a\r\nX-Injected: 1", 400)).isEqualTo("a X-Injected: 1");
    assertThat(wording.clean("safe\u202Egnp.exe", 400)).isEqualTo("safe gnp. exe");
    assertThat(wording.clean("\uD800", 400)).isEmpty();
    assertThat(wording.clean("a\uDC00b\u200Bc\uFEFFd", 400)).isEqualTo("a b c d");
    assertThat(wording.clean("x\uDB40\uDC41\uDB40\uDC42y\uFE0Fz", 400)).isEqualTo("x y z");
  }

  @Test
  void cardsAndMailAreRedacted() {
    assertThat(wording.clean("card 5555 5555 5555 4444 fails", 400)).isEqualTo("card PAN fails");
    assertThat(wording.clean("card ４２４２４２４２４２４２４２４２", 400)).isEqualTo("card PAN");
    assertThat(wording.clean("card 4242<b>4242</b>4242\u200B4242 fails", 400))
        .doesNotContain("4242");
  }

  @Test
  void aTextIsCutBetweenCharacters() {
    assertThat(wording.clean("😀".repeat(2_000), 401)).hasSize(400).startsWith("😀").endsWith("😀");
    assertThat(wording.clean("A".repeat(100_000), 400)).hasSize(400);
  }

  /** Random texts of the signs that hurt; the seed is in the message. */
  @Test
  void cleaningWhatIsCleanChangesNothing() {
    String signs = "ab4 .:/-_=+@#*<>[]{}|`~$&%\"'\\!?;,\u001b\u202E\u200B\uD800\uFEFF。．：／ａ４½\n";
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < 40; i++) {
        text.append(signs.charAt(random.nextInt(signs.length())));
      }
      String once = wording.clean(text.toString(), 400);
      assertThat(wording.clean(once, 400)).as("seed %d: %s", seed, once).isEqualTo(once);
      assertThat(once).as("seed %d", seed).matches(Forbidden::isWords);
    }
  }
}
