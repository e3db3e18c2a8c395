package io.tillwatch.standalone.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.triage.model.Model;
import io.tillwatch.triage.model.ModelFailure;
import io.tillwatch.triage.model.Prompt;
import io.tillwatch.triage.model.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/**
 * A model that says again what one said once: answers from files, no network.
 *
 * <p>A file is named after the hash of its prompt ({@code <sha-256>.json}), or else after what the
 * prompt is about with {@code /} as {@code _} ({@code INC-3F9A12C4_1_7.json}). It holds {@code
 * text} and, if they are known, {@code inputTokens}, {@code outputTokens}, {@code costMicros} and
 * {@code latencyMillis}. Prompts without a file are refused. Thread-safe.
 */
final class RecordedModel implements Model {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  RecordedModel(Path folder) {
    this.folder = folder;
  }

  @Override
  public String name() {
    return "recorded";
  }

  @Override
  public Reply ask(Prompt prompt) {
    String hash = hash(prompt);
    Path file = folder.resolve(hash + ".json");
    if (!Files.exists(file)) {
      file = folder.resolve(prompt.subject().replace('/', '_') + ".json");
    }
    try {
      JsonNode answer = JSON.readTree(file.toFile());
      return new Reply(
          answer.path("text").asText(),
          List.of(),
          hash,
          answer.path("inputTokens").asLong(),
          answer.path("outputTokens").asLong(),
          answer.path("costMicros").asLong(),
          Duration.ofMillis(answer.path("latencyMillis").asLong()));
    } catch (IOException e) {
      throw new ModelFailure(
          ModelFailure.Reason.UNREADABLE,
          "no answer in %s, expected %s.json or %s".formatted(folder, hash, file.getFileName()));
    }
  }

  /** Hex SHA-256 of system text and turns, which are records and say what they hold. */
  static String hash(Prompt prompt) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(prompt.system().getBytes(StandardCharsets.UTF_8));
      for (Prompt.Turn turn : prompt.turns()) {
        digest.update(turn.toString().getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
