package io.tillwatch.standalone.audit;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.schemas.incident.ChainHead;
import io.tillwatch.standalone.site.ReportFile;
import io.tillwatch.standalone.site.WrongInput;
import io.tillwatch.triage.audit.Audit;
import io.tillwatch.triage.audit.CallAudit;
import io.tillwatch.triage.audit.ChainAudit;
import io.tillwatch.triage.audit.Expiry;
import io.tillwatch.triage.audit.Finding;
import io.tillwatch.triage.audit.Placed;
import io.tillwatch.triage.audit.TenantAudit;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit verify}: whether the log is what was written. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Verifies the incident log of a cluster or of an export: each tenant's chain without a gap,"
          + " every hash, and that it reaches as far as its published heads say.",
      "A beginning that is gone has expired or was cut off: the heads say which, as far as they go"
          + " back, and so does how long the log is kept.",
      "Without heads an end that was cut off is not found.",
      "The record of model calls likewise, which has a chain for each process and no heads."
    },
    footer = {
      "",
      "Examples:",
      "  tillwatch audit verify --bootstrap-servers localhost:9092",
      "  tillwatch audit verify --file log.jsonl --heads heads.jsonl",
      "",
      "Exit code: 0 whole, 1 tampered with, undecided or not readable, 2 wrong usage."
    })
final class VerifyAudit implements Callable<Integer> {

  @Spec
  // Set by picocli before it calls.
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin
  // Set by picocli before it calls.
  @SuppressWarnings("NullAway.Init")
  private LogTopics topics;

  @Option(names = "--file", paramLabel = "FILE", description = "An export instead of a cluster.")
  private @Nullable Path file;

  @Option(
      names = "--model-calls",
      paramLabel = "FILE",
      description = "An export of the record of model calls, beside --file.")
  private @Nullable Path modelCalls;

  @Option(
      names = "--heads",
      paramLabel = "FILE",
      description =
          "Heads kept elsewhere: of an export, or answers of /api/v1/audit/head. Those on the"
              + " cluster are met as well.")
  private @Nullable Path heads;

  @Option(
      names = "--expired",
      description =
          "The log's beginning is past its retention: believed unless a head says that it was cut"
              + " off. Of a file it takes --kept-days.")
  private boolean expired;

  @Option(
      names = "--kept-days",
      paramLabel = "DAYS",
      description =
          "How long the log is kept (default: what the cluster says; of a file, for ever).")
  private @Nullable Integer keptDays;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the outcome as JSON.")
  private @Nullable Path report;

  @Override
  public Integer call() throws IOException {
    if (file != null && topics.named()) {
      throw new WrongInput("--file and a cluster, expected one of the two");
    }
    if (modelCalls != null && file == null) {
      throw new WrongInput("--model-calls without --file, expected both or a cluster");
    }
    if (keptDays != null && keptDays < 1) {
      throw new WrongInput("--kept-days is %d, expected 1 or more".formatted(keptDays));
    }
    if (file != null && expired && keptDays == null) {
      throw new WrongInput(
          "--expired of a file that is kept for ever, expected --kept-days with it");
    }
    ReportFile.check(report);
    Outcome outcome = verify();
    PrintWriter out = spec.commandLine().getOut();
    outcome.tenants.forEach(audit -> out.println(words(audit)));
    if (outcome.tenants.isEmpty()) {
      out.println("the log is empty, and no head says otherwise");
    }
    out.print(words(outcome.calls));
    out.flush();
    if (report != null) {
      write(outcome, report);
    }
    return outcome.whole() ? 0 : 1;
  }

  /** What came of looking at the log, and at the record of model calls. */
  private record Outcome(List<TenantAudit> tenants, List<ChainAudit> calls) {

    boolean whole() {
      return tenants.stream().allMatch(TenantAudit::whole)
          && calls.stream().allMatch(ChainAudit::whole);
    }
  }

  private Outcome verify() throws IOException {
    List<ChainHead> known = new ArrayList<>(heads == null ? List.of() : LogFiles.heads(heads));
    if (file != null) {
      Audit audit = new Audit(known, expiry(Optional.empty()));
      LogFiles.entries(file, audit::take);
      CallAudit calls = new CallAudit(expiry(Optional.empty()));
      if (modelCalls != null) {
        CallFiles.rows(modelCalls, calls::take);
      }
      return new Outcome(audit.end(), calls.end());
    }
    LogTopics.Cluster cluster = topics.open();
    // Heads first: what is published while the log is read is not yet in what is read of it.
    known.addAll(cluster.heads());
    Expiry expiry = expiry(keptDays == null ? cluster.kept() : Optional.empty());
    Audit audit = new Audit(known, expiry);
    Consumer<Placed> taker = audit::take;
    cluster.entries(taker);
    // Both are kept equally long.
    CallAudit calls = new CallAudit(expiry);
    cluster.calls(calls::take);
    return new Outcome(audit.end(), calls.end());
  }

  private Expiry expiry(Optional<Duration> kept) {
    return new Expiry(
        keptDays == null ? kept : Optional.of(Duration.ofDays(keptDays)),
        InstantSource.system().instant(),
        expired);
  }

  private static String words(TenantAudit audit) {
    return audit
        .finding()
        .map(finding -> (finding.undecided() ? "UNKNOWN " : "BROKEN  ") + finding)
        .orElseGet(() ->
            "whole   log of %s, entries %d to %d, %d heads met, last hash %s%s"
                .formatted(
                    audit.tenant(),
                    audit.first(),
                    audit.last(),
                    audit.headsMet(),
                    audit.lastHash(),
                    audit.expired().isEmpty() ? "" : "; " + audit.expired()));
  }

  private static String words(List<ChainAudit> calls) {
    StringBuilder words = new StringBuilder();
    calls.stream()
        .flatMap(chain -> chain.finding().stream())
        .forEach(finding -> words.append("BROKEN  ").append(finding).append('\n'));
    if (!calls.isEmpty() && words.isEmpty()) {
      words.append(
          "whole   model calls, %d rows in %d chains, %d attempts whose end is not on record\n"
              .formatted(
                  calls.stream().mapToLong(ChainAudit::rows).sum(),
                  calls.size(),
                  calls.stream().mapToInt(ChainAudit::unfinished).sum()));
    }
    return words.toString();
  }

  private static void write(Outcome outcome, Path target) throws IOException {
    JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    ObjectNode root = json.createObjectNode();
    root.put("whole", outcome.whole());
    for (TenantAudit audit : outcome.tenants) {
      ObjectNode each =
          root.withArray("tenants")
              .addObject()
              .put("tenant", audit.tenant())
              .put("first", audit.first())
              .put("last", audit.last())
              .put("lastHash", audit.lastHash())
              .put("headsMet", audit.headsMet());
      if (!audit.expired().isEmpty()) {
        each.put("expired", audit.expired());
      }
      audit
          .finding()
          .ifPresent(finding ->
              write(each.putObject(finding.undecided() ? "undecided" : "broken"), finding));
    }
    for (ChainAudit chain : outcome.calls) {
      ObjectNode each =
          root.withArray("modelCalls")
              .addObject()
              .put("chain", chain.chain())
              .put("rows", chain.rows())
              .put("unfinished", chain.unfinished());
      chain.finding().ifPresent(finding -> write(each.putObject("broken"), finding));
    }
    json.writeValue(target.toFile(), root);
  }

  private static void write(ObjectNode node, Finding finding) {
    node.put("sequence", finding.sequence())
        .put("place", finding.place())
        .put("found", finding.found())
        .put("expected", finding.expected());
  }
}
