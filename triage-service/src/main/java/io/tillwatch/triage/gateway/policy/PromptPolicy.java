package io.tillwatch.triage.gateway.policy;

import io.tillwatch.schemas.settings.Secret;
import io.tillwatch.triage.gateway.redact.Redactor;
import io.tillwatch.triage.wire.Hmac;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;

/**
 * Which fields of which records may go to a model, and in which form. What is not listed does not
 * go, so that a new field stays here until somebody lists it. Immutable and thread-safe.
 */
public final class PromptPolicy {

  private static final String SHIPPED = "policy.yaml";
  private static final int KEY_BYTES = 32;

  private final PolicyFile.Content content;
  private final Quoting quoting;

  private PromptPolicy(PolicyFile.Content content, Secret key) {
    this.content = content;
    this.quoting = new Quoting(key.isSet() ? Hmac.with(key.reveal()) : Hmac.with(random()));
  }

  /** The shipped policy with a key of this process: what is replayed elsewhere needs a set one. */
  public static PromptPolicy shipped() {
    return shipped(Secret.NONE);
  }

  /**
   * The shipped policy.
   *
   * @param key of delimiters and hashes; random when it is not set
   */
  public static PromptPolicy shipped(Secret key) {
    try (InputStream in = PromptPolicy.class.getResourceAsStream(SHIPPED)) {
      if (in == null) {
        throw new IllegalStateException(SHIPPED + " is missing from the jar");
      }
      return read(SHIPPED, new String(in.readAllBytes(), StandardCharsets.UTF_8), key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A site's own policy in place of the shipped one, or the shipped one.
   *
   * @param key of delimiters and hashes; random when it is not set
   * @throws io.tillwatch.rules.source.InvalidRules with everything that is wrong, and where
   */
  public static PromptPolicy of(Optional<Path> file, Secret key) {
    return file.map(own -> own(own, key)).orElseGet(() -> shipped(key));
  }

  private static PromptPolicy own(Path file, Secret key) {
    try {
      return read(file.toString(), Files.readString(file), key);
    } catch (IOException e) {
      throw new IllegalStateException(
          "%s cannot be read, expected a policy in YAML".formatted(file), e);
    }
  }

  static PromptPolicy read(String file, String yaml, Secret key) {
    return new PromptPolicy(PolicyFile.read(file, yaml), key);
  }

  private static byte[] random() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  /** What an audit names it by. */
  public String version() {
    return content.version();
  }

  /** What of the record may go out; nothing of one that the policy does not list. */
  public Disclosure disclose(IndexedRecord record) {
    return new Disclosing(content.records(), quoting, content.quoteCharactersMax()).of(record);
  }

  /** A passage of a runbook or document as data: free text that is no field of a record. */
  public String quote(String passage) {
    return quoting.quote(passage, content.passageCharactersMax(), new Redactor());
  }
}
