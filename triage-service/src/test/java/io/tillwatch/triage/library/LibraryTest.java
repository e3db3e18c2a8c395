package io.tillwatch.triage.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.RuleFile;
import io.tillwatch.rules.runbook.Runbook;
import io.tillwatch.schemas.incident.Incident;
import io.tillwatch.schemas.incident.IncidentClass;
import io.tillwatch.schemas.incident.IncidentEvent;
import io.tillwatch.schemas.incident.IncidentLogEntry;
import io.tillwatch.schemas.incident.IncidentState;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.view.IncidentView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryTest {

  private static final String CLAIMS = "Which form does the insurance claim for hail need?";
  private static final Map<String, Runbook> BOOK = RuleBook.defaults().runbooks();

  @TempDir Path folder;

  @Test
  void aSitesDocumentIsFoundWhenItComesAndGoneWithItsFile() throws IOException {
    Library library = Library.of(() -> BOOK, List.of(folder));
    assertThat(library.search(CLAIMS, 3)).isEmpty();

    Path file = folder.resolve("insurance.md");
    Files.writeString(file, "# Insurance\n\n## Hail\nA claim needs form B.\n");
    assertThat(library.search(CLAIMS, 3))
        .containsExactly(
            new Passage("policy/insurance#hail", "Insurance", "Hail", "A claim needs form B."));

    Files.delete(file);
    assertThat(library.search(CLAIMS, 3)).isEmpty();
  }

  @Test
  void aSitesDocumentTakesThePlaceOfTheShippedOne() throws IOException {
    Files.writeString(folder.resolve("retention.md"), "## Audit log\nKept for ever.\n");
    Library library = Library.of(() -> BOOK, List.of(folder));
    assertThat(library.search("How long is the audit log kept?", 1))
        .extracting(Passage::id)
        .containsExactly("policy/retention#audit-log");
    assertThat(library.search("How many days do dead letters stay?", 10))
        .extracting(Passage::id)
        .noneMatch(id -> id.startsWith("policy/retention#telemetry"));
  }

  @Test
  void whatIsNoDocumentIsLeftOut() throws IOException {
    Files.writeString(folder.resolve("note.txt"), "## Hail\nA claim needs form B.\n");
    Files.writeString(folder.resolve("flat.md"), "Hail: a claim needs form B.\n");
    Files.write(folder.resolve("bytes.md"), new byte[] {'#', '#', ' ', 'a', '\n', (byte) 0xff});
    Files.writeString(
        folder.resolve("long.md"), "## Hail\n" + "claim ".repeat((int) Documents.BYTES_MAX / 6));
    Library library = Library.of(() -> BOOK, List.of(folder));
    assertThat(library.search(CLAIMS, 3)).isEmpty();
  }

  @Test
  void aChangedRunbookIsFoundAsItIsNow() {
    AtomicReference<Map<String, Runbook>> inForce = new AtomicReference<>(BOOK);
    Library library = Library.of(inForce::get, List.of());
    String question = "Does the zeppelin transport work?";
    assertThat(library.search(question, 3)).isEmpty();

    String page =
        """
        ---
        title: The zeppelin is late
        class: psp_latency
        owner: us
        ---
        ## Looks like
        ## Confirm
        The transport works when the zeppelin is seen.
        ## First moves
        ## Call
        ## Stop when
        """;
    inForce.set(RuleBook.of(List.of(new RuleFile("zeppelin.md", page))).runbooks());
    assertThat(library.search(question, 1))
        .extracting(Passage::id)
        .containsExactly("zeppelin#confirm");
  }

  @Test
  void anIncidentIsFoundOnceItIsReviewed() {
    IncidentView view = new IncidentView();
    Library library = Library.of(() -> BOOK, List.of(), view, Optional.empty());
    String question = "What helped when the tokenisation database of northpay was full?";
    Incident.Builder incident =
        Samples.incident("INC-7")
            .setConfirmedCause("tokenisation database full")
            .setIncidentClass(IncidentClass.PSP_OUTAGE);
    view.apply(incident.setState(IncidentState.RESOLVED).setRevision(2).build());
    assertThat(library.search(question, 3)).extracting(Passage::id).doesNotContain("INC-7");

    view.apply(noted("INC-7", "ada: moved eu-west to southpay"));
    view.apply(incident.setState(IncidentState.REVIEWED).setRevision(3).build());
    Passage passage = library.search(question, 3).getFirst();
    assertThat(passage.id()).isEqualTo("INC-7");
    assertThat(passage.text())
        .isEqualTo(
            """
            * Class: psp_outage
            * Cause: tokenisation database full
            * ada: moved eu-west to southpay\
            """);
  }

  @Test
  void pastIncidentsBuryNoRunbook() {
    IncidentView view = new IncidentView();
    for (int i = 0; i < 100; i++) {
      view.apply(
          Samples.incident("INC-" + i)
              .setTitle("northpay: a PSP is down")
              .setConfirmedCause("PSP down, first moves")
              .setState(IncidentState.REVIEWED)
              .build());
    }
    Library library = Library.of(() -> BOOK, List.of(), view, Optional.empty());
    assertThat(library.search("A PSP is down, what are the first moves?", 4))
        .hasSize(4)
        .filteredOn(passage -> passage.id().startsWith("INC-"))
        .hasSize(2);
  }

  @Test
  void noMoreIsGivenThanIsAskedFor() {
    Library library = Library.of(() -> BOOK, List.of());
    assertThat(library.search("The PSP is down", 2)).hasSize(2);
    assertThat(library.search("The PSP is down", 1_000)).hasSize(Library.PASSAGES_MAX);
    assertThat(library.search("", 3)).isEmpty();
    assertThat(library.search("psp ".repeat(10_000), 3)).hasSizeLessThan(4);
  }

  private static IncidentLogEntry noted(String id, String text) {
    return IncidentLogEntry.newBuilder()
        .setIncidentId(id)
        .setTenant("default")
        .setSequence(9)
        .setAt(Samples.ONSET)
        .setEvent(IncidentEvent.NOTED)
        .setRevision(2)
        .setText(text)
        .setPreviousHash("")
        .setHash("")
        .build();
  }
}
