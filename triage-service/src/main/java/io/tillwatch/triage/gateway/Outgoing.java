package io.tillwatch.triage.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.triage.model.ModelFailure;
import io.tillwatch.triage.model.ModelFailure.Reason;
import io.tillwatch.triage.wire.BoundedJson;
import io.tillwatch.triage.wire.BoundedJson.Unreadable;
import io.tillwatch.triage.wire.FieldHash;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A body as it goes out.
 *
 * @param model the model it names
 * @param bytes its length in UTF-8
 * @param hash hex SHA-256 of it
 * @param redactions what was taken out, by type
 */
record Outgoing(String model, String json, int bytes, String hash, Map<String, Long> redactions) {

  /** Most of a body, in bytes. */
  static final int BODY_BYTES_MAX = 256 * 1024;

  Outgoing {
    redactions = Map.copyOf(redactions);
  }

  /**
   * The body without what may not go out, for this model.
   *
   * @throws ModelFailure when it may not go out at all
   */
  static Outgoing of(byte[] body, String model) {
    if (body.length > BODY_BYTES_MAX) {
      throw new ModelFailure(
          Reason.AGAINST_POLICY, "a prompt of more than %d bytes".formatted(BODY_BYTES_MAX));
    }
    CleanJson cleaner = new CleanJson();
    ObjectNode clean;
    try {
      clean = (ObjectNode) cleaner.of(BoundedJson.object(body));
    } catch (Unreadable unreadable) {
      throw new ModelFailure(
          Reason.AGAINST_POLICY, "a prompt that cannot be redacted: " + unreadable.getMessage());
    }
    if (clean.path("stream").asBoolean()) {
      throw new ModelFailure(
          Reason.AGAINST_POLICY, "a streamed answer, expected one that can be redacted as a whole");
    }
    clean.put("model", model);
    String json = clean.toString();
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    return new Outgoing(model, json, utf8.length, FieldHash.hex(utf8), cleaner.redactions());
  }
}
