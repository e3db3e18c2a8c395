package io.tillwatch.triage.pagerduty;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignaturesTest {

  /** HMAC-SHA256 of the body with each key, by {@code openssl dgst -sha256 -hmac}. */
  private static final byte[] BODY =
      "{\"event\":{\"id\":\"01\",\"note\":\"Größe 3 €\"}}".getBytes(StandardCharsets.UTF_8);

  private static final String OLD = "old-secret-A";
  private static final String NEW = "new+secret/B==";
  private static final String OLD_SIGNATURE =
      "v1=c8bed3df3160abf9730791b94454c1095cdb01f1e7fc48d880412e638f10b44f";
  private static final String NEW_SIGNATURE =
      "v1=a704df0b8cf7baf445b5b47e703b0e1de3c145173b2415e046a821f91ee76f9a";
  private static final String STRANGE_SIGNATURE =
      "v1=569fa495fef2097812cc1db3846a2bfe70a7f55e7caf9b67654107c5abb71a5e";

  private final Signatures both = new Signatures(List.of(Secret.of(OLD), Secret.of(NEW)));
  private final Signatures onlyNew = new Signatures(List.of(Secret.of(NEW)));

  @Test
  void whileASecretIsReplacedEitherSideMayBeAhead() {
    for (String header :
        List.of(
            OLD_SIGNATURE,
            NEW_SIGNATURE,
            OLD_SIGNATURE + "," + NEW_SIGNATURE,
            STRANGE_SIGNATURE + ", " + NEW_SIGNATURE,
            "v0=abc,v2=def," + OLD_SIGNATURE)) {
      assertThat(both.match(BODY, header)).as(header).isTrue();
    }
    assertThat(onlyNew.match(BODY, OLD_SIGNATURE + "," + NEW_SIGNATURE)).isTrue();
    assertThat(onlyNew.match(BODY, OLD_SIGNATURE)).isFalse();
  }

  @Test
  void whatIsNoSignatureOfOursIsRefused() {
    for (String header :
        Arrays.asList(
            null,
            "",
            ",",
            "v1=",
            STRANGE_SIGNATURE,
            NEW_SIGNATURE.substring(3),
            "v2" + NEW_SIGNATURE.substring(2),
            NEW_SIGNATURE.substring(0, 40),
            NEW_SIGNATURE + "00",
            "v1=,".repeat(10_000) + NEW_SIGNATURE)) {
      assertThat(both.match(BODY, header)).as("%s", header).isFalse();
    }
    assertThat(new Signatures(List.of()).match(BODY, NEW_SIGNATURE)).isFalse();
  }

  /**
   * Goal: of 10,000 mutations of valid requests none that is forged is taken and none that is valid
   * is refused. A mutation is valid when the body is untouched and one whole signature is left;
   * that is told here without any of the code under test.
   */
  @Test
  void noMutationIsTakenAndNoValidRequestRefused() {
    long seed = 20_261_129;
    Random random = new Random(seed);
    int valid = 0;
    for (int i = 0; i < 10_000; i++) {
      byte[] body = BODY.clone();
      String header =
          switch (random.nextInt(3)) {
            case 0 -> OLD_SIGNATURE;
            case 1 -> NEW_SIGNATURE;
            default -> OLD_SIGNATURE + "," + NEW_SIGNATURE;
          };
      for (int edits = random.nextInt(3); edits >= 0; edits--) {
        if (random.nextInt(3) == 0) {
          body = mutated(body, random);
        } else {
          header =
              new String(
                  mutated(header.getBytes(StandardCharsets.ISO_8859_1), random),
                  StandardCharsets.ISO_8859_1);
        }
      }
      boolean expected = Arrays.equals(body, BODY) && hasWhole(header);
      valid += expected ? 1 : 0;
      assertThat(both.match(body, header))
          .as("seed %d, case %d: %s", seed, i, header)
          .isEqualTo(expected);
    }
    assertThat(valid).as("both kinds occur").isBetween(500, 9_500);
  }

  private static boolean hasWhole(String header) {
    Set<String> parts = new HashSet<>();
    Arrays.stream(header.split(",")).map(String::strip).forEach(parts::add);
    return parts.contains(OLD_SIGNATURE) || parts.contains(NEW_SIGNATURE);
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt(1, 127)};
    }
    int at = random.nextInt(bytes.length);
    return switch (random.nextInt(4)) {
      case 0 -> {
        byte[] flipped = bytes.clone();
        flipped[at] ^= (byte) (1 << random.nextInt(7));
        yield flipped;
      }
      case 1 -> Arrays.copyOf(bytes, at);
      case 2 -> {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
        longer[at] = (byte) random.nextInt(32, 127);
        yield longer;
      }
      default -> {
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
        System.arraycopy(bytes, at + 1, shorter, at, bytes.length - at - 1);
        yield shorter;
      }
    };
  }
}
