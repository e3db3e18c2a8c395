package io.tillwatch.triage.statuspage;

import io.tillwatch.triage.statuspage.Summary.Part;
import io.tillwatch.triage.statuspage.Summary.Trouble;
import java.net.URI;
import java.util.Set;

/**
 * One status page.
 *
 * @param psp the PSP it is of, as payments name it
 * @param summary address of its summary
 * @param components names or ids of the components that matter; all of them when empty
 */
public record PageSettings(String psp, URI summary, Set<String> components) {

  /** Where a Statuspage has its summary, below the page's own address. */
  static final String PATH = "/api/v2/summary.json";

  public PageSettings {
    components = Set.copyOf(components);
  }

  /** Whether a component matters. */
  boolean concerns(Part part) {
    return matters(part.id(), part.name());
  }

  /** Whether an incident touches a component that matters, or says not which. */
  boolean concerns(Trouble trouble) {
    return trouble.parts().isEmpty()
        || trouble.parts().entrySet().stream()
            .anyMatch(touched -> matters(touched.getKey(), touched.getValue()));
  }

  private boolean matters(String id, String name) {
    return components.isEmpty() || components.contains(id) || components.contains(name);
  }
}
