package io.tillwatch.triage.hypothesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.playbook.Cause;
import io.tillwatch.rules.playbook.Ground;
import io.tillwatch.rules.playbook.Party;
import io.tillwatch.rules.playbook.Vocabulary;
import io.tillwatch.rules.severity.Level;
import io.tillwatch.rules.watch.Kind;
import io.tillwatch.rules.watch.Kpi;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.event.ChangeType;
import io.tillwatch.schemas.event.Reason;
import io.tillwatch.schemas.event.StatusIndicator;
import io.tillwatch.schemas.incident.EvidenceKind;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.Owner;
import io.tillwatch.schemas.incident.Severity;
import io.tillwatch.schemas.slice.Dimension;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Goal: rules and schemas, which do not know each other, speak the same words. */
class VocabularyTest {

  @Test
  void rulesKnowEveryWordOfTheSchemas() {
    assertThat(names(Cause.values())).isEqualTo(names(IncidentClass.values()));
    assertThat(names(Party.values())).isEqualTo(names(Owner.values()));
    assertThat(names(Kind.values())).isEqualTo(names(EventKind.values()));
    assertThat(names(Kpi.values())).isEqualTo(names(io.tillwatch.schemas.cube.Kpi.values()));
    assertThat(names(Severity.values())).containsAll(names(Level.values()));
    assertThat(names(EvidenceKind.values())).containsAll(names(Ground.values()));
    assertThat(Vocabulary.REASONS).isEqualTo(labels(Reason.values()));
    assertThat(Vocabulary.CHANGES).isEqualTo(labels(ChangeType.values()));
    assertThat(Vocabulary.INDICATORS).isEqualTo(labels(StatusIndicator.values()));
    assertThat(Vocabulary.DIMENSIONS)
        .isEqualTo(Dimension.ALL.stream().map(Dimension::label).collect(Collectors.toSet()));
  }

  private static List<String> names(Enum<?>[] symbols) {
    return Arrays.stream(symbols).map(Enum::name).toList();
  }

  private static Set<String> labels(Enum<?>[] symbols) {
    return Arrays.stream(symbols)
        .map(symbol -> symbol.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toSet());
  }
}
