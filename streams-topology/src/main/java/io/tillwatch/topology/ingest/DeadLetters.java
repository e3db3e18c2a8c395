package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.cube.DeadLetter;
import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.topology.delivery.Deliveries;
import io.tillwatch.topology.delivery.Value;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Writes dead letters: where the record is, why it was refused, and nothing of what it holds.
 *
 * <p>Far below 64 KiB by construction: the only free text is the detail, cut at {@link
 * #DETAIL_MAX}. Used by one task.
 */
final class DeadLetters {

  static final int DETAIL_MAX = 512;
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;

  /** Letters whose hashes are keyed with this. */
  DeadLetters(SecretKeySpec key) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " is part of every JDK", e);
    }
  }

  /** The key made of this secret, or a random one when it is not set. */
  static SecretKeySpec key(Secret secret) {
    if (secret.isSet()) {
      return new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }
    byte[] random = new byte[32];
    new SecureRandom().nextBytes(random);
    return new SecretKeySpec(random, ALGORITHM);
  }

  /** The letter for one record of those that were delivered. */
  DeadLetter letter(EventDoor.Invalid invalid, Deliveries at, int index, long nowMillis) {
    Value value = at.value(index);
    String detail = invalid.refusal().detail();
    return DeadLetter.newBuilder()
        .setReason(invalid.refusal().reason())
        .setDetail(detail.length() > DETAIL_MAX ? detail.substring(0, DETAIL_MAX) : detail)
        .setSourceTopic(at.topic())
        .setSourcePartition(at.partition())
        .setSourceOffset(at.offset(index))
        .setRecordTimestampMillis(Ingest.recordTime(at.timestamp(index), nowMillis))
        .setValueLengthBytes(value == null ? -1 : value.length())
        .setValueHash(HexFormat.of().formatHex(hash(value)))
        .setSchemaId(invalid.schemaId())
        .setPsp(invalid.psp())
        .build();
  }

  private byte[] hash(@Nullable Value value) {
    if (value != null) {
      mac.update(value.bytes(), value.from(), value.length());
    }
    return mac.doFinal();
  }
}
