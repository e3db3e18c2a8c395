package io.tillwatch.triage.audit;

import io.tillwatch.schemas.incident.ChainHead;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.triage.incident.LogChain;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a log entry by entry, of any number of tenants mixed.
 *
 * <p>The chain shows what was changed, left out, put in or moved. The heads, kept elsewhere, show
 * what it cannot: that the end was cut off, that everything from some entry on was written anew,
 * and whether a beginning that is gone has expired or was cut off: an entry that was the head not
 * long ago has to be there. Where no head tells, a beginning that is gone counts as cut off, or of
 * a log that expires as undecided, which is not whole either.
 *
 * <p>Of each tenant the first thing wrong is named; what follows it says nothing any more. Holds
 * the heads and one entry per tenant. Not thread-safe.
 */
public final class Audit {

  private final Expiry expiry;
  private final TreeMap<String, Walk> walks = new TreeMap<>();

  /**
   * Begins.
   *
   * @param heads what was published, in any order
   * @param expiry what of the log may be gone
   */
  public Audit(Collection<ChainHead> heads, Expiry expiry) {
    this.expiry = expiry;
    heads.forEach(head -> walk(head.getTenant()).head(head));
  }

  /** Takes the next entry. */
  public void take(Placed next) {
    walk(next.entry().getTenant()).take(next);
  }

  /** What came of it, by tenant. */
  public List<TenantAudit> end() {
    return walks.values().stream().map(Walk::end).toList();
  }

  private Walk walk(String tenant) {
    return walks.computeIfAbsent(tenant, Walk::new);
  }

  /** The way along one tenant's log. */
  private final class Walk {

    private final String tenant;
    private final TreeMap<Long, ChainHead> heads = new TreeMap<>();
    private long first;
    private long last;
    private String lastHash = "";
    private String lastPlace = "nowhere";
    private int headsMet;
    private String expired = "";
    private Optional<Finding> finding = Optional.empty();

    Walk(String tenant) {
      this.tenant = tenant;
    }

    void head(ChainHead head) {
      ChainHead other = heads.putIfAbsent(head.getSequence(), head);
      if (other != null && !other.getHash().equals(head.getHash())) {
        finding =
            finding.or(() ->
                Optional.of(
                    new Finding(
                        tenant,
                        head.getSequence(),
                        "published heads",
                        "two heads of one entry, %s and %s"
                            .formatted(other.getHash(), head.getHash()),
                        "one")));
      }
    }

    void take(Placed next) {
      if (finding.isPresent()) {
        return;
      }
      IncidentLogEntry entry = next.entry();
      finding = last == 0 ? beginning(next) : following(next);
      if (finding.isEmpty() && !entry.getHash().equals(LogChain.hash(entry))) {
        finding = wrong(next, "hash " + entry.getHash(), LogChain.hash(entry));
      }
      if (finding.isEmpty()) {
        finding = against(next, heads.get(entry.getSequence()));
      }
      first = first == 0 ? entry.getSequence() : first;
      last = entry.getSequence();
      lastHash = entry.getHash();
      lastPlace = next.place();
    }

    private Optional<Finding> beginning(Placed next) {
      IncidentLogEntry entry = next.entry();
      long sequence = entry.getSequence();
      if (sequence < 1) {
        return wrong(next, "it at the beginning", "a sequence from 1");
      }
      if (sequence == 1) {
        return entry.getPreviousHash().isEmpty()
            ? Optional.empty()
            : wrong(next, "a hash before it", "none before the first entry");
      }
      Map.Entry<Long, ChainHead> before = heads.floorEntry(sequence - 1);
      return laterBeginning(next, before == null ? null : before.getValue());
    }

    /** The beginning is gone: expired, cut off, or nobody can tell. */
    private Optional<Finding> laterBeginning(Placed next, @Nullable ChainHead head) {
      IncidentLogEntry entry = next.entry();
      long gone = entry.getSequence() - 1;
      if (head != null && expiry.hasToBeThere(head.getAt())) {
        return wrong(
            next,
            "it at the beginning",
            "entry %d, published as the head at %s and %s"
                .formatted(head.getSequence(), head.getAt(), expiry.words()));
      }
      ChainHead justBefore = head != null && head.getSequence() == gone ? head : null;
      if (justBefore != null && !justBefore.getHash().equals(entry.getPreviousHash())) {
        return wrong(
            next,
            "previous hash " + entry.getPreviousHash(),
            "%s, published as the head at %s".formatted(justBefore.getHash(), justBefore.getAt()));
      }
      String all = "entries 1 to %d have expired".formatted(gone);
      if (justBefore != null && expiry.mayBeGone(justBefore.getAt())) {
        expired =
            "%s: %d was the head at %s, %s"
                .formatted(all, gone, justBefore.getAt(), expiry.words());
      } else if (expiry.mayBeGone(next.written())) {
        expired =
            "%s: %d is of %s itself, %s"
                .formatted(all, entry.getSequence(), next.written(), expiry.words());
      } else if (expiry.said()) {
        expired = all + ", as was said";
      } else {
        return Optional.of(
            new Finding(
                tenant,
                entry.getSequence(),
                next.place(),
                "it at the beginning",
                "sequence 1, or a published head that shows that entry %d has expired"
                    .formatted(gone),
                expiry.kept().isPresent()));
      }
      return Optional.empty();
    }

    private Optional<Finding> following(Placed next) {
      IncidentLogEntry entry = next.entry();
      if (entry.getSequence() != last + 1) {
        return wrong(next, "it after entry " + last, "sequence " + (last + 1));
      }
      return entry.getPreviousHash().equals(lastHash)
          ? Optional.empty()
          : wrong(next, "previous hash " + entry.getPreviousHash(), lastHash);
    }

    private Optional<Finding> against(Placed next, @Nullable ChainHead head) {
      if (head == null) {
        return Optional.empty();
      }
      headsMet++;
      return head.getHash().equals(next.entry().getHash())
          ? Optional.empty()
          : wrong(
              next,
              "hash " + next.entry().getHash(),
              "%s, published as the head at %s".formatted(head.getHash(), head.getAt()));
    }

    private Optional<Finding> wrong(Placed at, String found, String expected) {
      return Optional.of(
          new Finding(tenant, at.entry().getSequence(), at.place(), found, expected));
    }

    TenantAudit end() {
      if (finding.isEmpty() && !heads.isEmpty() && heads.lastKey() > last) {
        ChainHead head = heads.lastEntry().getValue();
        if (last == 0 && expiry.mayBeGone(head.getAt())) {
          expired =
              "all entries, up to %d, have expired: it was the head at %s, %s"
                  .formatted(head.getSequence(), head.getAt(), expiry.words());
        } else {
          finding = endCutOff(head);
        }
      }
      return new TenantAudit(tenant, first, last, lastHash, headsMet, expired, finding);
    }

    private Optional<Finding> endCutOff(ChainHead head) {
      return Optional.of(
          new Finding(
              tenant,
              last + 1,
              "after " + lastPlace,
              "the end of the log",
              "entries up to %d, published as the head at %s"
                  .formatted(head.getSequence(), head.getAt())));
    }
  }
}
