package io.tillwatch.standalone.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tillwatch.schemas.settings.InvalidSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutTest {

  @TempDir private Path folder;

  private RoleSettings read(Map<String, String> options) {
    return RoleSettings.read(
        new SiteSettings(folder, 8080, 0, InstantSource.system(), null, options, notice -> {}),
        Layout.in(folder));
  }

  private void firstStart(Map<String, String> options) {
    RoleSettings roles = read(options);
    Layout.in(folder).keep(Layout.of(roles.topology()));
  }

  @Test
  void theFirstStartDecidesAndLaterOnesFollow() {
    Map<String, String> asked = Map.of("cube.retention", "400d", "cube.roll-ups", "psp+region");
    firstStart(asked);
    RoleSettings later = read(Map.of("triage.host", "localhost"));
    assertThat(later.topology()).isEqualTo(read(asked).topology());
    assertThat(later.topology().cube().retention()).isEqualTo(Duration.ofDays(400));
  }

  @Test
  void sayingTheSameInOtherWordsIsNoConflict() {
    firstStart(Map.of());
    assertThat(read(Map.of("cube.retention", "2d")).topology())
        .isEqualTo(read(Map.of()).topology());
  }

  @Test
  void anotherLayoutIsRefusedInOneLine() {
    firstStart(Map.of());
    assertThatThrownBy(() -> read(Map.of("cube.retention", "400d")))
        .isInstanceOf(WrongInput.class)
        .hasMessageContaining("was made with cube.retention 48h, not 9600h");
  }

  @Test
  void nothingIsKeptOfSettingsThatAreRefusedOrLayOutNoData() throws IOException {
    assertThatThrownBy(() -> firstStart(Map.of("cube.retentoin", "400d")))
        .isInstanceOf(InvalidSettings.class);
    assertThat(folder).isEmptyDirectory();
    firstStart(Map.of("ingest.dead-letter-hash-key", "5up3r-secret-5up3r-secret-5up3r"));
    assertThat(Files.readString(folder.resolve("site.properties")))
        .contains("cube.roll-ups=", "topology.payment-partitions=4")
        .doesNotContain("hash-key");
  }
}
