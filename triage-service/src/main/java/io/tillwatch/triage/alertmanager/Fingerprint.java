package io.tillwatch.triage.alertmanager;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * What receivers know an alert by: FNV-1a of 64 bits over its labels in order of their names, each
 * name and value ended by a byte that no UTF-8 text has. The same as Prometheus computes it.
 *
 * @see <a href="http://www.isthe.com/chongo/tech/comp/fnv/index.html">FNV hash</a>
 */
final class Fingerprint {

  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final int END = 0xff;

  private Fingerprint() {}

  static String of(Map<String, String> labels) {
    long hash = OFFSET_BASIS;
    for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
      hash = text(hash, label.getKey());
      hash = text(hash, label.getValue());
    }
    return HexFormat.of().toHexDigits(hash);
  }

  private static long text(long start, String text) {
    long hash = start;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & END)) * PRIME;
    }
    return (hash ^ END) * PRIME;
  }
}
