package io.tillwatch.standalone.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.frame.TrustedClasses;
import io.tillwatch.schemas.incident.ChainHead;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.schemas.model.CallOutcome;
import io.tillwatch.schemas.model.CallStep;
import io.tillwatch.schemas.model.ModelCall;
import io.tillwatch.standalone.Tillwatch;
import io.tillwatch.triage.audit.CallChain;
import io.tillwatch.triage.incident.LogChain;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {

  static {
    TrustedClasses.declare();
  }

  private static final Instant AT = Instant.parse("2020-11-18T03:02:00Z");

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path log;
  private Path heads;
  private Path calls;
  private List<String> lines;
  private String lastHash = "";

  @BeforeEach
  void export() throws IOException {
    log = folder.resolve("log.jsonl");
    heads = folder.resolve("heads.jsonl");
    calls = folder.resolve("calls.jsonl");
    lines = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      IncidentLogEntry entry =
          IncidentLogEntry.newBuilder()
              .setIncidentId("INC-1")
              .setTenant("acme")
              .setSequence(i)
              .setAt(AT.plusMillis(i))
              .setEvent(IncidentEvent.NOTED)
              .setRevision(i)
              .setText("\"quoted\" · 86 % → 4 %")
              .setPreviousHash(lastHash)
              .setHash("")
              .build();
      lastHash = LogChain.hash(entry);
      lines.add(LogFiles.line(IncidentLogEntry.newBuilder(entry).setHash(lastHash).build()));
    }
    Files.write(log, lines);
    Files.write(calls, rows());
    Files.writeString(heads, LogFiles.line(new ChainHead("acme", 5L, lastHash, AT)));
  }

  @Test
  void anExportThatIsWholeIsSaidToBe() {
    assertThat(verify("--heads", heads.toString())).isZero();
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            "whole   log of acme, entries 1 to 5, 1 heads met, last hash " + lastHash + "\n");
  }

  @Test
  void theFirstBreakIsNamedWithItsLine() throws IOException {
    lines.set(2, lines.get(2).replace("quoted", "coated"));
    Files.write(log, lines);
    assertThat(verify()).isEqualTo(1);
    assertThat(out.toString()).startsWith("BROKEN  log of acme, entry 3, log.jsonl:3: found hash ");
  }

  @Test
  void anEndThatWasCutOffIsFoundByTheHeads() throws IOException {
    Files.write(log, lines.subList(0, 3));
    Path report = folder.resolve("report.json");
    assertThat(verify("--heads", heads.toString(), "--report", report.toString())).isEqualTo(1);
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            "BROKEN  log of acme, entry 4, after log.jsonl:3: found the end of the log, expected"
                + " entries up to 5, published as the head at 2020-11-18T03:02:00Z\n");
    assertThat(Files.readString(report))
        .contains("\"whole\" : false")
        .contains("\"place\" : \"after log.jsonl:3\"");
  }

  @Test
  void aBeginningThatIsGoneHasExpiredOrCannotBeJudged() throws IOException {
    Files.write(log, lines.subList(2, 5));
    assertThat(verify()).isEqualTo(1);
    assertThat(out.toString())
        .startsWith("BROKEN  log of acme, entry 3, log.jsonl:1: found it at the beginning")
        .contains("expected sequence 1, or a published head that shows");
    Path report = folder.resolve("report.json");
    assertThat(verify("--kept-days", "1", "--report", report.toString())).isZero();
    assertThat(out.toString())
        .contains("entries 3 to 5", "; entries 1 to 2 have expired: 3 is of 2020-11-18T03:02");
    assertThat(Files.readString(report)).contains("\"expired\" : \"entries 1 to 2");
    assertThat(verify("--kept-days", "0")).isEqualTo(2);
  }

  @Test
  void whatNobodyCanJudgeIsNotCalledBroken() throws IOException {
    Files.write(log, lines.subList(2, 5));
    Path report = folder.resolve("report.json");
    assertThat(verify("--kept-days", "99999", "--report", report.toString())).isEqualTo(1);
    assertThat(out.toString()).startsWith("UNKNOWN log of acme, entry 3, log.jsonl:1: found it");
    assertThat(Files.readString(report))
        .contains("\"whole\" : false", "\"undecided\" : {")
        .doesNotContain("broken");
    assertThat(verify("--kept-days", "99999", "--expired")).isZero();
  }

  /** Of a log that is kept for ever nothing has expired. */
  @Test
  void whatHasExpiredOfAFileTakesHowLongItIsKept() {
    assertThat(verify("--expired")).isEqualTo(2);
    assertThat(err.toString()).contains("expected --kept-days with it");
  }

  @Test
  void theRecordOfModelCallsIsVerifiedBesideTheLog() throws IOException {
    assertThat(verify("--model-calls", calls.toString())).isZero();
    assertThat(out.toString())
        .contains("whole   model calls, 2 rows in 1 chains, 0 attempts whose end is not on record");
    List<String> rows = rows();
    Files.write(calls, List.of(rows.getFirst(), rows.getLast().replace("\"pan\":3", "\"pan\":0")));
    Path report = folder.resolve("report.json");
    assertThat(verify("--model-calls", calls.toString(), "--report", report.toString()))
        .isEqualTo(1);
    assertThat(out.toString())
        .contains("BROKEN  log of model calls c1, entry 2, calls.jsonl:2: found hash ");
    assertThat(Files.readString(report)).contains("\"chain\" : \"c1\"", "\"broken\" : {");
  }

  private static List<String> rows() {
    List<String> rows = new ArrayList<>();
    String previous = "";
    for (CallStep step : List.of(CallStep.SENDING, CallStep.ENDED)) {
      ModelCall row =
          ModelCall.newBuilder()
              .setChain("c1")
              .setSequence(rows.size() + 1)
              .setCallId("call")
              .setStep(step)
              .setAt(AT)
              .setTenant("acme")
              .setPurpose("hypotheses")
              .setSubject("INC-1/1/1")
              .setVendor("openai")
              .setModel("m")
              .setPolicy("p")
              .setRedactor("r")
              .setRedactions(Map.of("pan", 3L))
              .setPromptHash("00ff")
              .setPromptBytes(9)
              .setOutcome(step == CallStep.ENDED ? CallOutcome.ANSWERED : CallOutcome.PENDING)
              .setPreviousHash(previous)
              .setHash("")
              .build();
      previous = CallChain.hash(row);
      rows.add(CallFiles.line(ModelCall.newBuilder(row).setHash(previous).build()));
    }
    return rows;
  }

  @Test
  void headsMayBeAnAnswerOfTheApi() throws IOException {
    Files.writeString(
        heads,
        "{\"heads\":[{\"tenant\":\"acme\",\"sequence\":5,\"hash\":\"%s\",\"at\":\"%s\"}]}"
            .formatted(lastHash, AT));
    assertThat(verify("--heads", heads.toString())).isZero();
  }

  @Test
  void whatIsNoExportIsRefusedByItsLine() throws IOException {
    Files.writeString(log, lines.getFirst() + "\n{\"tenant\":7}\n");
    assertThat(verify()).isEqualTo(2);
    assertThat(err.toString()).contains("log.jsonl:2: no entry of a log or heads");
  }

  @Test
  void aFileAndAClusterAreOneTooMany() {
    assertThat(verify("--bootstrap-servers", "localhost:1")).isEqualTo(2);
    assertThat(err.toString()).contains("--file and a cluster, expected one of the two");
  }

  private int verify(String... more) {
    List<String> arguments = new ArrayList<>(List.of("audit", "verify", "--file", log.toString()));
    arguments.addAll(List.of(more));
    return Tillwatch.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments.toArray(String[]::new));
  }
}
