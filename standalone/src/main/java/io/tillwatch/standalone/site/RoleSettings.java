package io.tillwatch.standalone.site;

import io.tillwatch.schemas.registry.ConfiguredSchemas;
import io.tillwatch.schemas.settings.Settings;
import io.tillwatch.topology.TopologySettings;
import io.tillwatch.triage.TriageSettings;
import java.util.Map;
import java.util.TreeMap;

/** The settings of the roles of a site, read and checked before anything is started. */
record RoleSettings(TopologySettings topology, TriageSettings triage, ConfiguredSchemas schemas) {

  /**
   * Reads file, environment and options; what lays out data comes from the data folder when it has
   * been used before.
   *
   * @throws io.tillwatch.schemas.settings.InvalidSettings with everything that is wrong
   * @throws WrongInput when the folder was laid out in another way than is asked for now
   */
  static RoleSettings read(SiteSettings site, Layout layout) {
    Map<String, String> overrides = new TreeMap<>(layout.values());
    overrides.keySet().removeAll(layout.askedFor(load(site, Map.of())));
    Settings settings = load(site, overrides);
    RoleSettings read =
        new RoleSettings(
            TopologySettings.from(settings),
            TriageSettings.from(settings),
            ConfiguredSchemas.from(settings, site.clock()));
    settings.verify();
    layout.require(Layout.of(read.topology));
    return read;
  }

  private static Settings load(SiteSettings site, Map<String, String> more) {
    Map<String, String> overrides = new TreeMap<>(site.overrides());
    overrides.putAll(more);
    overrides.put("topology.state-dir", site.data().resolve("topology").toString());
    overrides.put("triage.state-dir", site.data().resolve("triage").toString());
    return Settings.load(site.config(), System.getenv(), overrides);
  }
}
