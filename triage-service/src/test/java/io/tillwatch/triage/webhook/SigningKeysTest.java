package io.tillwatch.triage.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.settings.Secret;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeysTest {

  private static final String KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String NEXT = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
  private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

  /** The vector that implementations of the standard share. */
  @Test
  void aSignatureIsThatOfTheStandard() {
    assertThat(signature(KEY)).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void whileKeysChangeBothSign() {
    assertThat(signature(NEXT + "  " + KEY)).isEqualTo(signature(NEXT) + " " + signature(KEY));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_",
        "whsec_MfKQ9r8GKYqrTwjU",
        "whsec_%%%Q9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        KEY + " " + NEXT + " " + KEY
      })
  void whatIsNoKeyIsRefusedAndNotQuoted(String written) {
    assertThatThrownBy(() -> SigningKeys.of(Secret.of(written)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected one or two of whsec_")
        .hasMessageNotContaining("Q9r8");
  }

  private static String signature(String keys) {
    return SigningKeys.of(Secret.of(keys))
        .signature("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, BODY);
  }
}
