package io.tillwatch.triage.audit;

import io.tillwatch.schemas.model.CallStep;
import io.tillwatch.schemas.model.ModelCall;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks at the record of model calls row by row, of any number of chains mixed.
 *
 * <p>A chain shows what was changed, left out, put in or moved. It does not show that its end was
 * cut off, but for an attempt that then has no end; that also happens to a process that is killed.
 * Of each chain the first thing wrong is named. Not thread-safe.
 */
public final class CallAudit {

  private final Expiry expiry;
  private final TreeMap<String, Walk> walks = new TreeMap<>();

  /**
   * Begins.
   *
   * @param expiry what of the record may be gone
   */
  public CallAudit(Expiry expiry) {
    this.expiry = expiry;
  }

  /**
   * Takes the next row.
   *
   * @param place where it stands
   * @param written the time its retention counts from
   */
  public void take(ModelCall row, String place, Instant written) {
    walks.computeIfAbsent(row.getChain(), chain -> new Walk()).take(row, place, written);
  }

  /** What came of it, by chain. */
  public List<ChainAudit> end() {
    return walks.entrySet().stream()
        .map(entry -> {
          Walk walk = entry.getValue();
          return new ChainAudit(entry.getKey(), walk.rows, walk.open.size(), walk.finding);
        })
        .toList();
  }

  /** The way along one chain. */
  private final class Walk {

    private final Set<String> open = new HashSet<>();
    private long rows;
    private long last;
    private String lastHash = "";
    private Optional<Finding> finding = Optional.empty();

    void take(ModelCall row, String place, Instant written) {
      rows++;
      if (finding.isPresent()) {
        return;
      }
      finding = last == 0 ? beginning(row, place, written) : following(row, place);
      String hash = CallChain.hash(row);
      if (finding.isEmpty() && !row.getHash().equals(hash)) {
        finding = wrong(row, place, "hash " + row.getHash(), hash);
      }
      last = row.getSequence();
      lastHash = row.getHash();
      if (row.getStep() == CallStep.SENDING) {
        open.add(row.getCallId());
      } else {
        open.remove(row.getCallId());
      }
    }

    private Optional<Finding> beginning(ModelCall row, String place, Instant written) {
      if (row.getSequence() == 1) {
        return row.getPreviousHash().isEmpty()
            ? Optional.empty()
            : wrong(row, place, "a hash before it", "none before the first row");
      }
      if (row.getSequence() < 1) {
        return wrong(row, place, "it at the beginning", "a sequence from 1");
      }
      // What was written just before the first that is left may be just past its time.
      return expiry.mayBeGone(written.minus(Expiry.CLOSE)) || expiry.said()
          ? Optional.empty()
          : wrong(row, place, "it at the beginning", "sequence 1, which has not expired");
    }

    private Optional<Finding> following(ModelCall row, String place) {
      if (row.getSequence() != last + 1) {
        return wrong(row, place, "it after row " + last, "sequence " + (last + 1));
      }
      return row.getPreviousHash().equals(lastHash)
          ? Optional.empty()
          : wrong(row, place, "previous hash " + row.getPreviousHash(), lastHash);
    }

    private Optional<Finding> wrong(ModelCall row, String place, String found, String expected) {
      return Optional.of(
          new Finding("model calls " + row.getChain(), row.getSequence(), place, found, expected));
    }
  }
}
