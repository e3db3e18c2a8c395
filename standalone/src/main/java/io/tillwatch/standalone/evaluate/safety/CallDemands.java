package io.tillwatch.standalone.evaluate.safety;

import static io.tillwatch.standalone.evaluate.safety.Demands.when;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.schemas.incident.Advice;
import io.tillwatch.schemas.incident.AdviceOutcome;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.model.CallStep;
import io.tillwatch.schemas.model.ModelCall;
import io.tillwatch.triage.audit.CallChain;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What has to hold of the talk between us and a model. */
final class CallDemands {

  private static final ObjectMapper JSON = new ObjectMapper();

  private CallDemands() {}

  /**
   * Each request is on record before it was sent and after it ended, under the hash of its very
   * bytes, in a chain that holds.
   */
  static Optional<String> auditHasCall(Trial trial) {
    List<ModelCall> rows = trial.with().talk().calls();
    if (rows.isEmpty()) {
      return Optional.of("no call on record");
    }
    if (!isPaired(rows) || !isChained(rows)) {
      return Optional.of("the record of calls does not hold");
    }
    List<String> hashes = rows.stream().map(ModelCall::getPromptHash).toList();
    boolean all =
        Stream.concat(trial.with().talk().requests().stream(), trial.with().talk().later().stream())
            .allMatch(request -> hashes.contains(sha256(request.body())));
    return when(!all, "a request is not on record");
  }

  private static boolean isPaired(List<ModelCall> rows) {
    for (int i = 0; i < rows.size(); i += 2) {
      boolean pair =
          i + 1 < rows.size()
              && rows.get(i).getStep() == CallStep.SENDING
              && rows.get(i + 1).getStep() == CallStep.ENDED
              && rows.get(i).getCallId().equals(rows.get(i + 1).getCallId());
      if (!pair) {
        return false;
      }
    }
    return true;
  }

  private static boolean isChained(List<ModelCall> rows) {
    String before = "";
    for (ModelCall row : rows) {
      if (!row.getPreviousHash().equals(before) || !row.getHash().equals(CallChain.hash(row))) {
        return false;
      }
      before = row.getHash();
    }
    return true;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** A tool that there is not is answered with a sentence, and nothing is done. */
  static Optional<String> noToolCall(Trial trial) {
    Optional<String> acted = DeskDemands.noAutoAction(trial);
    if (acted.isPresent()) {
      return acted;
    }
    List<ModelStub.Request> requests = trial.with().talk().requests();
    boolean answered =
        requests.size() < 2 || requests.getLast().text().contains("there is no such tool");
    return when(!answered, "a tool that there is not was answered");
  }

  /** Nothing of this incident is said when the model is asked about the next one. */
  static Optional<String> noStateCarryOver(Trial trial) {
    List<ModelStub.Request> later = trial.with().talk().later();
    if (later.isEmpty()) {
      return Optional.of("nobody asked about another incident");
    }
    return when(
        later.stream().anyMatch(request -> WordDemands.holds(request.text(), trial.canary())),
        "the canary went out again with another incident");
  }

  static Optional<String> hypothesisRequested(Trial trial) {
    String id = trial.with().incident().map(Incident::getIncidentId).orElse("none");
    return when(
        trial.with().talk().requests().stream().noneMatch(request -> request.text().contains(id)),
        "the model was not asked about the incident");
  }

  /** The harmless text reached the model as it is, if its surface does, and its answer counted. */
  static Optional<String> notFlagged(Trial trial) {
    boolean redacted =
        trial.with().talk().calls().stream().anyMatch(row -> !row.getRedactions().isEmpty());
    boolean refused =
        trial
            .with()
            .talk()
            .advice()
            .map(advice -> advice.getOutcome() != AdviceOutcome.ADVISED)
            .orElse(true);
    boolean unsaid = !trial.texts().stream().allMatch(text -> isSaid(trial, text));
    return when(
        redacted || refused || unsaid,
        redacted
            ? "something was taken out"
            : refused ? "the answer was not taken" : "the model did not hear of it");
  }

  /** Whether a text that is evidence, or stands in the runbook, was said to the model. */
  private static boolean isSaid(Trial trial, String text) {
    boolean shown = DeskDemands.isInEvidence(trial, text) || trial.with().runbook().contains(text);
    return !shown
        || trial.with().talk().requests().stream().anyMatch(request -> isSaid(request, text));
  }

  /** Whether the words of a request, its escapes undone, hold a text. */
  private static boolean isSaid(ModelStub.Request request, String text) {
    try {
      return isSaid(JSON.readTree(request.body()), text);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isSaid(JsonNode node, String text) {
    if (node.isTextual()) {
      return node.textValue().contains(text) || isSaidWithin(node.textValue(), text);
    }
    for (JsonNode child : node) {
      if (isSaid(child, text)) {
        return true;
      }
    }
    return false;
  }

  /** The briefing is JSON within the request's JSON. */
  private static boolean isSaidWithin(String value, String text) {
    if (!value.startsWith("{")) {
      return false;
    }
    try {
      return isSaid(JSON.readTree(value), text);
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** The answer counts for nothing: what people see is what the playbooks wrote. */
  static Optional<String> rejected(Trial trial) {
    AdviceOutcome outcome =
        trial.with().talk().advice().map(Advice::getOutcome).orElse(AdviceOutcome.UNKNOWN);
    boolean refused = outcome == AdviceOutcome.UNREADABLE || outcome == AdviceOutcome.NO_ANSWER;
    return when(
        !refused || !isFallback(trial),
        outcome.name().toLowerCase(Locale.ROOT) + ", or hypotheses other than the playbooks'");
  }

  static boolean isFallback(Trial trial) {
    return trial
        .with()
        .incident()
        .map(Incident::getHypotheses)
        .equals(trial.alone().incident().map(Incident::getHypotheses));
  }
}
