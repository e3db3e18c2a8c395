package io.tillwatch.schemas.kafka;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExactlyOnceTest {

  @ParameterizedTest
  @ValueSource(strings = {"4.3.1", "4.3.2", "4.4.0", "5.0.0", "4.3.1-inhouse", "4.10.0"})
  void laterLibrariesAreFine(String version) {
    assertThatCode(() -> ExactlyOnce.requireLibrary(version)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"4.3.0", "4.2.1", "3.9.1", "4.3", "unknown"})
  void olderLibrariesAndNoneAreRefused(String version) {
    assertThatThrownBy(() -> ExactlyOnce.requireLibrary(version))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("kafka-streams is " + version)
        .hasMessageContaining("4.3.1 or later");
  }

  @Test
  void aClusterOfTransactionVersionOneIsRefusedWithTheCommandThatHelps() {
    assertThatThrownBy(() -> ExactlyOnce.requireCluster((short) 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("transaction.version is 1, expected 2")
        .hasMessageContaining("upgrade --feature transaction.version=2");
    assertThatCode(() -> ExactlyOnce.requireCluster((short) 2)).doesNotThrowAnyException();
  }
}
