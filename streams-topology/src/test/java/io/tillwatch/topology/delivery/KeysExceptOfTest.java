package io.tillwatch.topology.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Set;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class KeysExceptOfTest {

  private static final byte[] KEY = {1, 2};

  private final KeysExceptOf keys = new KeysExceptOf(Set.of("payments.auth"));

  @Test
  void keysOfPaymentsAreNotCopied() {
    assertThat(keys.deserialize("payments.auth", new RecordHeaders(), ByteBuffer.wrap(KEY)))
        .isNull();
    assertThat(keys.deserialize("payments.auth", KEY)).isNull();
  }

  @Test
  void keysOfCellsAreReadAsTheyAre() {
    assertThat(keys.deserialize("cells", new RecordHeaders(), ByteBuffer.wrap(KEY))).isEqualTo(KEY);
    assertThat(keys.deserialize("cells", KEY)).isEqualTo(KEY);
    assertThat(keys.deserialize("cells", new RecordHeaders(), (ByteBuffer) null)).isNull();
  }
}
