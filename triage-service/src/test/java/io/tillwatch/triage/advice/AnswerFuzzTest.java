package io.tillwatch.triage.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Goal: no answer can put a link, markup, a control character or a claim without evidence in front
 * of people. Method: kept inputs, those with bytes changed, and answers in the right shape whose
 * texts are made of the signs that hurt. Seeds are in the message.
 */
class AnswerFuzzTest {

  private static final int CHANGED_COPIES = 40;
  private static final int ANSWERS = 3_000;

  private static final List<String> PIECES =
      List.of(
          "northpay ",
          "gateway_error ",
          "eu-west ",
          "fails ",
          "72 % ",
          "4711 ",
          "E2 ",
          "http://",
          "evil.test",
          "www.",
          "[x](y)",
          "<b>",
          "</b>",
          "&lt;",
          "@here ",
          "\u001b[31m",
          "\u0000",
          "\u202e",
          "\u200b",
          "\ud800",
          "\udc00",
          "\udb40\udc41",
          "ｈｔｔｐ：／／",
          "。",
          "`",
          "**",
          "{code}",
          "|",
          "=1+1",
          "4111 1111 1111 1111",
          "amelia.h@example.com",
          "\r\n",
          "javascript:",
          "ﬁ",
          "½",
          "١",
          "😀",
          "a\u0301",
          "--",
          "$(x)",
          "%0a",
          "\\",
          "\"",
          ".",
          ":",
          "/",
          " ");

  @Test
  void keptInputsPass() throws IOException, URISyntaxException {
    List<Path> inputs = inputs();
    assertThat(inputs).hasSizeGreaterThan(10);
    for (Path input : inputs) {
      byte[] bytes = Files.readAllBytes(input);
      assertThatCode(() -> AnswerFuzz.fuzzerTestOneInput(bytes))
          .as("%s", input)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void changedInputsPass() throws IOException, URISyntaxException {
    for (Path input : inputs()) {
      for (int seed = 0; seed < CHANGED_COPIES; seed++) {
        byte[] bytes = changed(Files.readAllBytes(input), new Random(seed));
        assertThatCode(() -> AnswerFuzz.fuzzerTestOneInput(bytes))
            .as("%s, seed %d", input, seed)
            .doesNotThrowAnyException();
      }
    }
  }

  @Test
  void noTextOfAModelIsMoreThanWordsAboutWhatItCites() throws JsonProcessingException {
    int shown = 0;
    for (int seed = 0; seed < ANSWERS; seed++) {
      String answer = answer(new Random(seed));
      try {
        shown += AnswerFuzz.check(answer);
      } catch (AssertionError broken) {
        throw new AssertionError("seed %d: %s".formatted(seed, answer), broken);
      }
    }
    assertThat(shown).as("the test would say nothing if nothing came through").isGreaterThan(100);
  }

  private static String answer(Random random) throws JsonProcessingException {
    return new ObjectMapper()
        .writeValueAsString(
            Map.of(
                "hypotheses",
                List.of(
                    Map.of(
                        "class", random.nextInt(4) == 0 ? text(random) : "psp_outage",
                        "owner", text(random),
                        "cause", text(random),
                        "evidence", List.of(random.nextInt(4) == 0 ? text(random) : "E2"),
                        "check", text(random),
                        "nextStep", "Route new payments away " + text(random),
                        "runbookPassage", "psp-outage#first-moves",
                        "confidence", random.nextDouble(-1, 3)))));
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private static byte[] changed(byte[] bytes, Random random) {
    for (int i = 0; i < 1 + bytes.length / 32; i++) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static List<Path> inputs() throws IOException, URISyntaxException {
    Path folder = Path.of(AnswerFuzzTest.class.getResource("fuzz").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
