package io.tillwatch.triage.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.triage.hook.HookSettings.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class ProofTest {

  private static final byte[] BODY = "Hello, World!".getBytes(StandardCharsets.UTF_8);

  /** The example of GitHub's own page. */
  private static final String SIGNATURE =
      "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

  private static final Secrets SECRETS =
      new Secrets(Secret.of("It's a Secret to Everybody"), Secret.NONE);
  private static final Secrets ROTATING =
      new Secrets(Secret.of("new"), Secret.of("It's a Secret to Everybody"));

  @Test
  void whatGithubSignedIsGithubs() {
    assertThat(Proof.github(SECRETS, BODY, SIGNATURE)).isTrue();
    assertThat(Proof.github(ROTATING, BODY, SIGNATURE)).isTrue();
  }

  @Test
  void anythingElseIsNot() {
    assertThat(Proof.github(SECRETS, BODY, null)).isFalse();
    assertThat(Proof.github(SECRETS, BODY, "")).isFalse();
    assertThat(Proof.github(SECRETS, BODY, SIGNATURE.replace("757", "758"))).isFalse();
    assertThat(Proof.github(SECRETS, BODY, SIGNATURE.substring(7))).isFalse();
    assertThat(Proof.github(SECRETS, BODY, SIGNATURE.replace("sha256", "sha1"))).isFalse();
    assertThat(Proof.github(SECRETS, new byte[] {1}, SIGNATURE)).isFalse();
    assertThat(Proof.github(new Secrets(Secret.of("other"), Secret.NONE), BODY, SIGNATURE))
        .isFalse();
    assertThat(Proof.github(Secrets.NONE, BODY, SIGNATURE)).isFalse();
  }

  @Test
  void gitlabShowsTheToken() {
    assertThat(Proof.gitlab(ROTATING, "new")).isTrue();
    assertThat(Proof.gitlab(ROTATING, "It's a Secret to Everybody")).isTrue();
    assertThat(Proof.gitlab(ROTATING, "ne")).isFalse();
    assertThat(Proof.gitlab(ROTATING, "")).isFalse();
    assertThat(Proof.gitlab(ROTATING, null)).isFalse();
    assertThat(Proof.gitlab(Secrets.NONE, "")).isFalse();
  }

  @Test
  void alertsComeWithATokenOrALogin() {
    assertThat(Proof.alerts(ROTATING, "Bearer new")).isTrue();
    assertThat(Proof.alerts(ROTATING, "bearer  new ")).isTrue();
    assertThat(Proof.alerts(ROTATING, "Basic " + base64("alertmanager:new"))).isTrue();
    assertThat(Proof.alerts(ROTATING, "Basic " + base64("new"))).isFalse();
    assertThat(Proof.alerts(ROTATING, "Basic !!")).isFalse();
    assertThat(Proof.alerts(ROTATING, "new")).isFalse();
    assertThat(Proof.alerts(ROTATING, null)).isFalse();
    assertThat(Proof.alerts(Secrets.NONE, "Bearer ")).isFalse();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
