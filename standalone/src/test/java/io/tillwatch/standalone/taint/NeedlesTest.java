package io.tillwatch.standalone.taint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Goal: the search of {@link TaintIT} finds what is there. Method: it is put there in every form.
 */
class NeedlesTest {

  private final Needles needles = Needles.ofCanaries(Map.of("token", "S3setTokenQ7mW2xK9"));

  @ParameterizedTest
  @EnumSource(Canary.class)
  void aCanaryIsFoundInEveryForm(Canary canary) {
    String text = "said: " + canary.text(7) + ", and no more";
    String escaped = text.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());

    assertThat(needles.in(utf8(text))).isNotEmpty();
    assertThat(needles.in(utf8(URLEncoder.encode(text, StandardCharsets.UTF_8)))).isNotEmpty();
    assertThat(needles.in(utf8(escaped))).isNotEmpty();
    assertThat(needles.in(utf8(HexFormat.of().formatHex(utf8(text))))).isNotEmpty();
    assertThat(needles.in(text.getBytes(StandardCharsets.UTF_16LE))).isNotEmpty();
    assertThat(needles.in(text.getBytes(StandardCharsets.UTF_16BE))).isNotEmpty();
    for (String before : List.of("", "a", "ab")) {
      byte[] shifted = utf8(before + text);
      assertThat(needles.in(Base64.getEncoder().encode(shifted))).as(before).isNotEmpty();
    }
  }

  @Test
  void aCardNumberIsFoundHoweverItsDigitsAreParted() {
    for (String text : List.of("4111 1111 1111 1111", "4111-1111-1111-1111", "3782 822463 10005")) {
      assertThat(needles.in(utf8("n=" + text))).as(text).hasSize(1);
    }
  }

  @Test
  void aVerificationValueIsFoundBehindItsFieldsName() {
    assertThat(needles.in(utf8("{\"cvv2\": \"9083\"}"))).hasSize(1);
    assertThat(needles.in(utf8("offset 9083"))).isEmpty();
  }

  @Test
  void moreIsFoundByName() {
    assertThat(needles.in(utf8("Bearer S3setTokenQ7mW2xK9")))
        .singleElement()
        .asString()
        .startsWith("token in");
  }

  @Test
  void nothingIsFoundWhereNothingIs() {
    assertThat(needles.in(utf8("4111111111111112, ada@example.com, cvv2 ****, sk_live_")))
        .isEmpty();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
