package io.tillwatch.triage.stream;

import io.tillwatch.schemas.cube.DeadLetter;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.triage.wire.Hmac;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Writes dead letters: where a record is and why it was refused, and nothing of what it holds. */
final class Letters {

  private static final int DETAIL_MAX = 512;

  private final Hmac hmac;

  /** Letters whose hashes are keyed with this secret, or with a random key when it is not set. */
  Letters(Secret hashKey) {
    hmac = Hmac.with(key(hashKey));
  }

  private static byte[] key(Secret hashKey) {
    if (hashKey.isSet()) {
      return hashKey.reveal().getBytes(StandardCharsets.UTF_8);
    }
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return random;
  }

  DeadLetter letter(
      Refusal refusal, RecordMetadata at, long recordTimestampMillis, byte @Nullable [] value) {
    String detail = refusal.detail();
    return DeadLetter.newBuilder()
        .setReason(refusal.reason())
        .setDetail(detail.substring(0, Math.min(detail.length(), DETAIL_MAX)))
        .setSourceTopic(at.topic())
        .setSourcePartition(at.partition())
        .setSourceOffset(at.offset())
        .setRecordTimestampMillis(recordTimestampMillis)
        .setValueLengthBytes(value == null ? -1 : value.length)
        .setValueHash(HexFormat.of().formatHex(hmac.of(value == null ? new byte[0] : value)))
        .setSchemaId(refusal.schemaId())
        .build();
  }
}
