package io.tillwatch.topology.detect;

import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.slice.Slice;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Names a burst by what it is: the same minutes, looked at early at the same times, give the same
 * id wherever they are read again. A replay does not look early; where that found other root cells
 * or another onset, the id is another one.
 */
final class BurstId {

  private static final int BYTES = 8;

  private BurstId() {}

  /** Hash of rule, tenant, kind, first root cells, onset and episode, 16 hex digits. */
  static String of(Memory memory, Kpi kpi, List<Slice> roots, long onset) {
    return of(memory, Measure.rule(memory.subject.kind(), kpi), roots, onset);
  }

  /** The same under a rule with a name of its own. */
  static String of(Memory memory, String rule, List<Slice> roots, long onset) {
    int episode = memory.episodes.next(rule, roots, onset);
    String text =
        String.join(
            "|",
            rule,
            memory.subject.tenant(),
            memory.subject.kind().name() + memory.subject.detail(),
            roots.toString(),
            Long.toString(onset),
            Integer.toString(episode));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
