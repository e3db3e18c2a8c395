package io.tillwatch.triage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tillwatch.rules.version.RulesInForce;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules in force.
 *
 * @param hash of names and texts of the files
 * @param since since when they are in force
 * @param files what is laid over the shipped rules, in order
 * @param refused the latest version when it was refused; null when it is in force
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "Rules")
record RulesJson(
    String hash,
    @Schema(format = "date-time") String since,
    List<String> files,
    @Schema(nullable = true) @Nullable Refused refused) {

  static RulesJson of(RulesInForce rules) {
    RulesInForce.Version version = rules.version();
    RulesInForce.Refusal refusal = rules.refusal();
    return new RulesJson(
        version.hash(),
        version.since().toString(),
        version.files(),
        refusal == null
            ? null
            : new Refused(refusal.hash(), refusal.at().toString(), refusal.problems()));
  }

  /**
   * A version that cannot be used.
   *
   * @param problems file, line and column, what was found and what was expected
   */
  @Serdeable
  @Schema(name = "RefusedRules")
  record Refused(String hash, @Schema(format = "date-time") String at, List<String> problems) {}
}
