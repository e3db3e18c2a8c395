package io.tillwatch.rules.version;

import io.tillwatch.rules.RuleFile;
import java.util.List;

/**
 * Looks at files that somebody may be changing: what two looks in a row have seen alike is whole,
 * be it an editor that writes or a mounted folder whose link is swapped. The first look counts by
 * itself, so what was read before it is to be the first one. Not thread-safe.
 */
public final class Looks {

  private List<RuleFile> seen = List.of();
  private boolean hasLooked;

  /** Whether what this look sees can be taken. */
  public boolean settled(List<RuleFile> now) {
    boolean settled = !hasLooked || now.equals(seen);
    hasLooked = true;
    seen = List.copyOf(now);
    return settled;
  }
}
