package io.tillwatch.triage.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * JSON that somebody else wrote, as a tree; what is too deep, too long or said twice is refused.
 *
 * <p>The bytes are bounded by whoever reads them. An error names the place and nothing of what
 * stands there. Thread-safe.
 */
public final class BoundedJson {

  private static final int DEPTH_MAX = 32;
  private static final int STRING_CHARACTERS_MAX = 64 * 1024;
  private static final int NAME_CHARACTERS_MAX = 256;
  private static final int NUMBER_CHARACTERS_MAX = 64;

  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH_MAX)
                          .maxStringLength(STRING_CHARACTERS_MAX)
                          .maxNameLength(NAME_CHARACTERS_MAX)
                          .maxNumberLength(NUMBER_CHARACTERS_MAX)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private BoundedJson() {}

  /**
   * The object these bytes hold.
   *
   * @throws Unreadable when they hold none, or more than one
   */
  public static JsonNode object(byte[] utf8) throws Unreadable {
    try {
      JsonNode root = JSON.readTree(utf8);
      if (root == null || !root.isObject()) {
        throw new Unreadable("no JSON object");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw new Unreadable("no JSON" + place(e.getLocation()));
    } catch (IOException e) {
      throw new Unreadable("no JSON");
    }
  }

  private static String place(@Nullable JsonLocation at) {
    return at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
  }

  /** What was sent is not what was agreed on. */
  public static final class Unreadable extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what was found, without any of its values
     */
    public Unreadable(String message) {
      super(message);
    }
  }
}
