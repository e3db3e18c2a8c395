package io.tillwatch.standalone.evaluate.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.standalone.evaluate.safety.MarkedText.Span;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: a leak is told whatever it is dressed as, and what is masked enough is none. */
class RedactionScoreTest {

  private static final String CARD = "4111111111111111";
  private static final MarkedText LINE =
      new MarkedText(
          "a",
          "plain",
          "northpay refused card " + CARD + " with code 05",
          List.of(new Span(22, 38, "PAN", CARD, -1)),
          List.of("northpay", "code 05"));

  private static RedactionScore score(String redacted) {
    return RedactionScore.of(List.of(LINE), text -> redacted);
  }

  @Test
  void whatIsLeftAsItIsLeaks() {
    RedactionScore score = RedactionScore.of(List.of(LINE), text -> text);
    assertThat(score.leaks()).isEqualTo(1);
    assertThat(score.mustKeepLost()).isZero();
    assertThat(score.faults()).extracting(RedactionScore.Fault::what).containsExactly("PAN left");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "northpay 4111 1111 1111 1111 code 05",
        "northpay 411111111*******, code 05",
        "northpay %34%31%31%31%31%31%31%31%31%31 code 05",
        "northpay &#52;111111111 code 05",
        "northpay \\u0034111-1111-1 code 05",
        "northpay =34111111111 code 05",
        "northpay ４１１１１１１１１１１１１１１１ code 05",
        "northpay 4\u200b111\u00ad1111\u20601 code 05",
        "northpay 343131313131313131313131 code 05"
      })
  void nineDigitsLeakInAnyDress(String redacted) {
    assertThat(score(redacted).leaks()).isEqualTo(1);
  }

  @Test
  void digitsInBase64Leak() {
    String packed =
        Base64.getUrlEncoder().encodeToString(("pan=" + CARD).getBytes(StandardCharsets.UTF_8));
    assertThat(score("northpay " + packed + " code 05").leaks()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"northpay [PAN] code 05", "northpay 411111******1111 code 05", "northpay code 05"})
  void whatIsMaskedEnoughIsNoLeak(String redacted) {
    assertThat(score(redacted).leaks()).isZero();
    assertThat(score(redacted).mustKeepLost()).isZero();
  }

  @Test
  void whatHasToStayAndIsGoneIsLost() {
    RedactionScore score = score("[PAN]");
    assertThat(score.leaks()).isZero();
    assertThat(score.mustKeepLost()).isEqualTo(2);
  }

  @Test
  void partsOfACardShowItsEndsAndNoMore() {
    MarkedText split =
        new MarkedText(
            "b",
            "split",
            "[41111111,11111111]",
            List.of(new Span(1, 9, "PAN", CARD, 1), new Span(10, 18, "PAN", CARD, 2)),
            List.of());
    assertThat(RedactionScore.of(List.of(split), text -> "[41111111,*]").leaks()).isZero();
    assertThat(RedactionScore.of(List.of(split), text -> "[*,11111111]").leaks()).isEqualTo(1);
  }

  @Test
  void trackDataLeaksWithWhatStandsBehindTheNumber() {
    String track = ";" + CARD + "=29121010000123456?";
    MarkedText line =
        new MarkedText(
            "c",
            "track",
            "read " + track,
            List.of(new Span(5, 5 + track.length(), "TRACK2", CARD, -1)),
            List.of());
    assertThat(RedactionScore.of(List.of(line), text -> "read ;*=29121010000123456?").leaks())
        .isEqualTo(1);
    assertThat(RedactionScore.of(List.of(line), text -> "read [TRACK2]").leaks()).isZero();
  }

  @Test
  void anotherTypeLeaksWhereItStood() {
    MarkedText line =
        new MarkedText(
            "d", "cvv", "cvv=123 code=123", List.of(new Span(4, 7, "CVV", "", -1)), List.of());
    assertThat(RedactionScore.of(List.of(line), text -> "cvv=123 code=[CVV]").leaks()).isEqualTo(1);
    assertThat(RedactionScore.of(List.of(line), text -> "cvv=[CVV] code=123").leaks()).isZero();
  }
}
