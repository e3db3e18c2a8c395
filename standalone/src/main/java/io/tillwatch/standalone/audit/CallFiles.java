package io.tillwatch.standalone.audit;

import static io.tillwatch.standalone.audit.LogFiles.number;
import static io.tillwatch.standalone.audit.LogFiles.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.schemas.frame.TrustedClasses;
import io.tillwatch.schemas.model.CallOutcome;
import io.tillwatch.schemas.model.CallStep;
import io.tillwatch.schemas.model.ModelCall;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The record of model calls in a file: one JSON object a line, every field of a row. */
final class CallFiles {

  static {
    TrustedClasses.declare();
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  private CallFiles() {}

  static String line(ModelCall row) {
    ObjectNode line =
        JSON.createObjectNode()
            .put("chain", row.getChain())
            .put("sequence", row.getSequence())
            .put("callId", row.getCallId())
            .put("step", row.getStep().name())
            .put("at", row.getAt().toString())
            .put("tenant", row.getTenant())
            .put("purpose", row.getPurpose())
            .put("subject", row.getSubject())
            .put("vendor", row.getVendor())
            .put("model", row.getModel())
            .put("policy", row.getPolicy())
            .put("redactor", row.getRedactor());
    line.set("fields", JSON.valueToTree(new TreeMap<>(row.getFields())));
    line.set("redactions", JSON.valueToTree(new TreeMap<>(row.getRedactions())));
    return line.put("promptHash", row.getPromptHash())
        .put("promptBytes", row.getPromptBytes())
        .put("inputTokens", row.getInputTokens())
        .put("outputTokens", row.getOutputTokens())
        .put("costMicros", row.getCostMicros())
        .put("latencyMillis", row.getLatencyMillis())
        .put("outcome", row.getOutcome().name())
        .put("previousHash", row.getPreviousHash())
        .put("hash", row.getHash())
        .toString();
  }

  /** Hands over each row of an export with its line. */
  static void rows(Path file, LogTopics.CallTaker each) throws IOException {
    LogFiles.lines(
        file,
        (json, place) -> {
          ModelCall row = row(json);
          each.take(row, place, row.getAt());
        });
  }

  private static ModelCall row(JsonNode json) {
    return ModelCall.newBuilder()
        .setChain(text(json, "chain"))
        .setSequence(number(json, "sequence"))
        .setCallId(text(json, "callId"))
        .setStep(CallStep.valueOf(text(json, "step")))
        .setAt(Instant.parse(text(json, "at")))
        .setTenant(text(json, "tenant"))
        .setPurpose(text(json, "purpose"))
        .setSubject(text(json, "subject"))
        .setVendor(text(json, "vendor"))
        .setModel(text(json, "model"))
        .setPolicy(text(json, "policy"))
        .setRedactor(text(json, "redactor"))
        .setFields(counts(json.path("fields")))
        .setRedactions(counts(json.path("redactions")))
        .setPromptHash(text(json, "promptHash"))
        .setPromptBytes(number(json, "promptBytes"))
        .setInputTokens(number(json, "inputTokens"))
        .setOutputTokens(number(json, "outputTokens"))
        .setCostMicros(number(json, "costMicros"))
        .setLatencyMillis(number(json, "latencyMillis"))
        .setOutcome(CallOutcome.valueOf(text(json, "outcome")))
        .setPreviousHash(text(json, "previousHash"))
        .setHash(text(json, "hash"))
        .build();
  }

  private static Map<String, Long> counts(JsonNode json) {
    Map<String, Long> counts = new TreeMap<>();
    json.fieldNames().forEachRemaining(name -> counts.put(name, number(json, name)));
    return counts;
  }
}
