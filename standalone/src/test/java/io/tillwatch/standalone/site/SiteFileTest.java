package io.tillwatch.standalone.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteFileTest {

  @TempDir Path folder;

  @Test
  void theFirstStartDecidesAndLaterOnesFollow() {
    assertThat(SiteFile.settle(folder, Map.of("cube.retention", "400d")))
        .containsExactly(Map.entry("cube.retention", "400d"));
    assertThat(SiteFile.settle(folder, Map.of("cube.retention", "48h", "triage.host", "::1")))
        .containsOnly(Map.entry("cube.retention", "400d"), Map.entry("triage.host", "::1"));
  }
}
