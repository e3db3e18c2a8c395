package io.tillwatch.topology.query;

import static io.swagger.v3.oas.annotations.enums.ParameterIn.QUERY;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Get;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;

/** What the cube answers over HTTP, as its OpenAPI description tells it. */
@ApiResponse(
    responseCode = "400",
    description = "A parameter is wrong, or the answer would cost too much",
    content = @Content(schema = @Schema(implementation = ErrorAnswer.class)))
@ApiResponse(
    responseCode = "503",
    description = "Busy, or the work is being shared out anew; see Retry-After",
    content = @Content(schema = @Schema(implementation = ErrorAnswer.class)))
interface CubeApi {

  @Get("/cells")
  @Operation(
      operationId = "cells",
      summary = "What was counted, by slice and time",
      description =
          "Fix dimensions by giving them a value (psp=adyen), group by others (by=issuerCountry)."
              + " Times follow event time: the default is the last 15 minutes before the"
              + " watermark. Minutes are held for a while, whole hours and days for longer: an"
              + " answer says from when on cells are held, and from and to grow to whole hours or"
              + " days where nothing finer is.",
      parameters = {
        @Parameter(
            in = QUERY,
            name = "kind",
            schema =
                @Schema(
                    type = "string",
                    defaultValue = "auth",
                    allowableValues = {
                      "auth",
                      "capture",
                      "refund",
                      "webhook",
                      "settlement",
                      "dispute"
                    })),
        @Parameter(in = QUERY, name = "psp", schema = @Schema(type = "string")),
        @Parameter(in = QUERY, name = "binRange", schema = @Schema(type = "string")),
        @Parameter(in = QUERY, name = "region", schema = @Schema(type = "string")),
        @Parameter(in = QUERY, name = "method", schema = @Schema(type = "string")),
        @Parameter(in = QUERY, name = "scheme", schema = @Schema(type = "string")),
        @Parameter(in = QUERY, name = "issuerCountry", schema = @Schema(type = "string")),
        @Parameter(in = QUERY, name = "merchantAccount", schema = @Schema(type = "string")),
        @Parameter(in = QUERY, name = "connectorVersion", schema = @Schema(type = "string")),
        @Parameter(
            in = QUERY,
            name = "threeDs",
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {"yes", "no", "none"})),
        @Parameter(
            in = QUERY,
            name = "by",
            description = "Dimensions to group by, separated by commas",
            schema = @Schema(type = "string", example = "psp,issuerCountry")),
        @Parameter(
            in = QUERY,
            name = "from",
            description = "Inclusive. " + QueryTime.EXPECTED,
            schema = @Schema(type = "string", example = "-15m")),
        @Parameter(
            in = QUERY,
            name = "to",
            description = "Exclusive. " + QueryTime.EXPECTED,
            schema = @Schema(type = "string", example = "now")),
        @Parameter(
            in = QUERY,
            name = "step",
            description =
                "Width of a cell. Longest range: 7 days, 35 days, 400 days, 4000 days, 4000 days."
                    + " Without it: the finest of 1m, 1h and 1d that is still held from the start"
                    + " on and may be so long",
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {"1m", "5m", "1h", "1d", "all"})),
        @Parameter(
            in = QUERY,
            name = "limit",
            description = "Cells in the answer, at most",
            schema =
                @Schema(type = "integer", defaultValue = "1000", minimum = "1", maximum = "10000"))
      })
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = CellsAnswer.class)))
  HttpResponse<?> cells(HttpRequest<?> request);

  @Get("/worst")
  @Operation(
      operationId = "worst",
      summary = "The slices furthest below their expectation now",
      parameters = {
        @Parameter(
            in = QUERY,
            name = "kind",
            schema =
                @Schema(
                    type = "string",
                    defaultValue = "auth",
                    allowableValues = {
                      "auth",
                      "capture",
                      "refund",
                      "webhook",
                      "settlement",
                      "dispute"
                    })),
        @Parameter(
            in = QUERY,
            name = "limit",
            schema = @Schema(type = "integer", defaultValue = "10", minimum = "1", maximum = "100"))
      })
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = WorstAnswer.class)))
  HttpResponse<?> worst(HttpRequest<?> request);

  @Get("/why")
  @Operation(
      operationId = "why",
      summary = "Why a slice did or did not fire in a minute",
      description =
          "What was counted and expected, the statistic and what it has to exceed, and what the"
              + " gate makes of it. Of any minute of the last three hours; of minutes before the"
              + " last one the statistic is kept only for slices that were looked at closely, and"
              + " recomputed for all others. Expectations are today's.",
      parameters = {
        @Parameter(
            in = QUERY,
            name = "kind",
            schema =
                @Schema(
                    type = "string",
                    defaultValue = "auth",
                    allowableValues = {
                      "auth",
                      "capture",
                      "refund",
                      "webhook",
                      "settlement",
                      "dispute"
                    })),
        @Parameter(
            in = QUERY,
            name = "kpi",
            description =
                "What of the kind: its failures when absent (success_rate of auth, refund,"
                    + " settlement and dispute, capture_success, webhook_failure); latency of auth"
                    + " and capture, webhook_lag, refund_sla, reason_mix of auth.",
            schema = @Schema(type = "string", example = "latency")),
        @Parameter(
            in = QUERY,
            name = "reason",
            description = "With kpi=reason_mix: whose share of all reasons.",
            schema = @Schema(type = "string", example = "do_not_honor")),
        @Parameter(in = QUERY, name = "psp", schema = @Schema(type = "string")),
        @Parameter(in = QUERY, name = "binRange", schema = @Schema(type = "string")),
        @Parameter(in = QUERY, name = "region", schema = @Schema(type = "string")),
        @Parameter(in = QUERY, name = "method", schema = @Schema(type = "string")),
        @Parameter(in = QUERY, name = "scheme", schema = @Schema(type = "string")),
        @Parameter(in = QUERY, name = "issuerCountry", schema = @Schema(type = "string")),
        @Parameter(in = QUERY, name = "merchantAccount", schema = @Schema(type = "string")),
        @Parameter(in = QUERY, name = "connectorVersion", schema = @Schema(type = "string")),
        @Parameter(
            in = QUERY,
            name = "threeDs",
            schema =
                @Schema(
                    type = "string",
                    allowableValues = {"yes", "no", "none"})),
        @Parameter(
            in = QUERY,
            name = "at",
            description =
                "A time within the minute; the last closed one when absent. " + QueryTime.EXPECTED,
            schema = @Schema(type = "string", example = "-15m"))
      })
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = WhyAnswer.class)))
  @ApiResponse(
      responseCode = "404",
      description = "No minute of this kind was closed yet",
      content = @Content(schema = @Schema(implementation = ErrorAnswer.class)))
  HttpResponse<?> why(HttpRequest<?> request);

  @Get("/dimensions")
  @Operation(
      operationId = "dimensions",
      summary = "The values that slices can be fixed to",
      parameters = {
        @Parameter(
            in = QUERY,
            name = "kind",
            schema =
                @Schema(
                    type = "string",
                    defaultValue = "auth",
                    allowableValues = {
                      "auth",
                      "capture",
                      "refund",
                      "webhook",
                      "settlement",
                      "dispute"
                    })),
        @Parameter(
            in = QUERY,
            name = "limit",
            description = "Values of each dimension, at most",
            schema =
                @Schema(type = "integer", defaultValue = "1000", minimum = "1", maximum = "10000"))
      })
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = DimensionsAnswer.class)))
  HttpResponse<?> dimensions(HttpRequest<?> request);

  @Get("/ingest")
  @Operation(
      operationId = "ingest",
      summary = "What became of every record read",
      description =
          "Exact, of all instances together:"
              + " received = accepted + duplicates + late + deadLettered.")
  @ApiResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = IngestAnswer.class)))
  HttpResponse<?> ingest(HttpRequest<?> request);
}
