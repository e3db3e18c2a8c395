package io.tillwatch.triage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tillwatch.schemas.cube.Kpi;
import io.tillwatch.schemas.cube.SliceEvidence;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import org.jspecify.annotations.Nullable;

/**
 * A cell that explains an incident: the dimensions it fixes, and how it did.
 *
 * @param kind kind of event
 * @param events events since the onset
 * @param observed success rate, 0 to 1; of an incident whose {@code kpi} is {@code volume}, events
 *     per minute
 * @param expected what it should have been
 */
@Serdeable
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "RootCell")
public record RootCellJson(
    String kind,
    @Nullable String psp,
    @Nullable String binRange,
    @Nullable String region,
    @Nullable String method,
    @Nullable String scheme,
    @Nullable String issuerCountry,
    @Nullable String merchantAccount,
    @Nullable String connectorVersion,
    @Nullable String threeDs,
    long events,
    double observed,
    double expected) {

  private static final int RATE_PARTS = 10_000;

  static RootCellJson of(Incident incident, SliceEvidence cell) {
    Slice slice = Slice.of(cell.getSlice());
    boolean volume = incident.getKpi() == Kpi.VOLUME;
    return new RootCellJson(
        Labels.of(incident.getKind()),
        slice.get(Dimension.PSP),
        slice.get(Dimension.BIN_RANGE),
        slice.get(Dimension.REGION),
        slice.get(Dimension.METHOD),
        slice.get(Dimension.SCHEME),
        slice.get(Dimension.ISSUER_COUNTRY),
        slice.get(Dimension.MERCHANT_ACCOUNT),
        slice.get(Dimension.CONNECTOR_VERSION),
        slice.get(Dimension.THREE_DS),
        cell.getEvents(),
        volume
            ? IncidentJson.rounded(incident.getObserved(), RATE_PARTS)
            : rate(cell.getSuccesses(), cell.getEvents()),
        volume
            ? IncidentJson.rounded(incident.getExpected(), RATE_PARTS)
            : rate(cell.getExpectedSuccesses(), cell.getEvents()));
  }

  private static double rate(double successes, long events) {
    return events == 0 ? 0 : IncidentJson.rounded(successes / events, RATE_PARTS);
  }
}
