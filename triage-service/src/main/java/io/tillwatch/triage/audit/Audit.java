package io.tillwatch.triage.audit;

import io.tillwatch.schemas.incident.ChainHead;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.triage.incident.LogChain;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a log entry by entry, of any number of tenants mixed.
 *
 * <p>The chain shows what was changed, left out, put in or moved. The heads, kept elsewhere, show
 * what it cannot: that the end was cut off, or that everything from some entry on was written anew.
 * Of each tenant the first thing wrong is named; what follows it says nothing any more. Holds the
 * heads and one entry per tenant. Not thread-safe.
 */
public final class Audit {

  /** Of a log whose beginning may have expired. */
  public static final long ANYWHERE = 0;

  private final long beginsAt;
  private final TreeMap<String, Walk> walks = new TreeMap<>();

  /**
   * Begins.
   *
   * @param heads what was published, in any order
   * @param beginsAt sequence that each log has to begin with, or {@link #ANYWHERE}
   */
  public Audit(Collection<ChainHead> heads, long beginsAt) {
    this.beginsAt = beginsAt;
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
      long sequence = next.entry().getSequence();
      if (sequence < 1 || (beginsAt != ANYWHERE && sequence != beginsAt)) {
        return wrong(
            next,
            "it at the beginning",
            beginsAt == ANYWHERE ? "a sequence from 1" : "sequence " + beginsAt);
      }
      return sequence == 1 && !next.entry().getPreviousHash().isEmpty()
          ? wrong(next, "a hash before it", "none before the first entry")
          : Optional.empty();
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
        finding =
            Optional.of(
                new Finding(
                    tenant,
                    last + 1,
                    "after " + lastPlace,
                    "the end of the log",
                    "entries up to %d, published as the head at %s"
                        .formatted(head.getSequence(), head.getAt())));
      }
      return new TenantAudit(tenant, first, last, lastHash, headsMet, finding);
    }
  }
}
