package io.tillwatch.standalone.taint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.schemas.cube.Burst;
import io.tillwatch.schemas.cube.EventKind;
import io.tillwatch.schemas.topic.Topic;
import io.tillwatch.standalone.Tillwatch;
import io.tillwatch.standalone.site.Ports;
import io.tillwatch.standalone.site.Site;
import io.tillwatch.standalone.site.SiteSettings;
import io.tillwatch.triage.rehearsal.Outage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.LoggerFactory;

/**
 * Goal: card data, an address or a secret that comes in anywhere is kept, shown, logged or sent on
 * nowhere. Method: a site whose pager, tracker, chat, receivers and model are stubs opens an
 * incident; every field of every topic that others write to, every header, and every text of every
 * HTTP route is filled with canaries; a second incident takes up what was heard. Then everything is
 * looked through, but for the records that the test itself wrote.
 */
@Isolated
class TaintIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long LOOK_EVERY_MILLIS = 50;
  private static final Duration BEFORE = Duration.ofMinutes(10);
  private static final double MUCH = 300;

  @TempDir private static Path folder;

  private static final List<String> NOTICES = new CopyOnWriteArrayList<>();
  private static final Traces TRACES = new Traces(Needles.ofCanaries(Secrets.cores()));
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Said said;
  private static Outside outside;
  private static Site site;
  private static Injector injector;
  private static Requests requests;
  private static List<Requests.Answer> plain;

  @BeforeAll
  static void taint() throws Exception {
    said = Said.listen();
    outside = new Outside();
    site = Site.start(settings());
    requests = new Requests(URI.create(site.url()));
    String first = opened("southpay");
    Instant before = Instant.now().minus(BEFORE);
    injector = new Injector(site.connection(), site.topics(), new Originals(before, first));
    injector.inject();
    Calls calls = new Calls(first, first + "/1", before);
    List<Call> all =
        requests.operations().stream().flatMap(each -> calls.of(each).stream()).toList();
    plain = requests.askPlainly(all);
    List<Requests.Answer> answers = requests.askTainted(all);
    answers.forEach(answer -> TRACES.look("answers", answer.asked(), answer.bytes()));
    String second = opened(Originals.PSP);
    settle(second);
    look(List.of(first, second), all);
  }

  private static SiteSettings settings() {
    Map<String, String> settings = new HashMap<>(Secrets.settings(outside.url()));
    settings.putAll(
        Map.of(
            "triage.targets.pager", "pagerduty",
            "triage.targets.ticket", "jira",
            "triage.targets.chat", "slack",
            "triage.targets.webhook", "webhook",
            "triage.targets.alertmanager", "alertmanager-webhook",
            "triage.pagerduty.base-url", outside.url(),
            "triage.pagerduty.changes", "true",
            "triage.pagerduty.events-per-minute", "10000"));
    settings.putAll(
        Map.of(
            "triage.jira.base-url", outside.url(),
            "triage.jira.user", "tillwatch@example.com",
            "triage.jira.project", "PAY",
            "triage.slack.base-url", outside.url(),
            "triage.slack.channel", Outside.CHANNEL,
            "triage.model.vendor", "openai",
            "triage.model.name", "stub",
            "triage.model.url", outside.url() + "/v1",
            "triage.model.others.calls-per-minute", "10000",
            "triage.model.calls-per-hour", "10000"));
    settings.putAll(
        Map.of(
            "triage.status-pages.%s.url".formatted(Originals.PSP),
            outside.url() + "/page/",
            "triage.status-poll.every",
            "5s"));
    return new SiteSettings(
        folder.resolve("data"),
        Ports.choose(0),
        0,
        InstantSource.system(),
        null,
        settings,
        NOTICES::add);
  }

  /** Opens an incident of this PSP and waits until people and a model have heard of it. */
  private static String opened(String psp) throws Exception {
    Burst burst =
        Outage.of("burst-" + psp, EventKind.AUTH, Map.of("psp", psp), Instant.now(), MUCH).build();
    Topic<String, Burst> topic = site.topics().bursts();
    try (KafkaProducer<String, Burst> producer =
        new KafkaProducer<>(
            site.connection().clientProperties(),
            topic.keySerde().serializer(),
            topic.valueSerde().serializer())) {
      producer.send(new ProducerRecord<>(topic.name(), burst.getTenant(), burst)).get();
    }
    await("an incident of " + psp, () -> incident(psp).path("pagedAt").isTextual());
    String id = incident(psp).path("id").asText();
    for (Outside.Party party : Outside.Party.values()) {
      String word = party == Outside.Party.STATUS_PAGE ? "" : psp;
      await("word to " + party, () -> outside.heard(party, word));
    }
    return id;
  }

  private static JsonNode incident(String psp) throws Exception {
    for (JsonNode incident :
        JSON.readTree(requests.get("/api/v1/incidents?state=all")).path("incidents")) {
      if (incident.path("title").asText().contains(psp)) {
        return incident;
      }
    }
    return JSON.createObjectNode();
  }

  private static void await(String what, Callable<Boolean> done) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!done.call()) {
      assertThat(System.nanoTime()).as("in vain: %s", what).isLessThan(deadline);
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }

  /** Waits until all that was put in has been taken or refused, and what follows is done. */
  private static void settle(String last) throws Exception {
    await(
        "the door to count all",
        () ->
            site.api()
                .ingested()
                .filter(all -> all.received() == site.paymentRecords())
                .isPresent());
    Settled settled = new Settled(site.connection(), site.topics());
    await("the desk to hear all", settled::heardAll);
    await("every action to end", settled::nothingToDo);
  }

  private static void look(List<String> incidents, List<Call> calls) throws Exception {
    LoggerFactory.getLogger(TaintIT.class).info("the word that has to be found: {}", Originals.PSP);
    requests
        .askPlainly(calls)
        .forEach(answer -> TRACES.look("answers", answer.asked(), answer.bytes()));
    TRACES.look("metrics", "/prometheus", requests.get("/prometheus"));
    for (String id : incidents) {
      for (String part : List.of("", "/log", "/timeline", "/postmortem")) {
        String path = "/api/v1/incidents/" + id + part;
        TRACES.look("pages", path, requests.get(path));
      }
    }
    TRACES.lookThroughTopics(site.connection(), injector.written());
    export();
    requests.close();
    injector.close();
    site.close();
    outside.close();
    outside
        .requests()
        .forEach(request ->
            TRACES.look(
                request.party().name(),
                "request",
                request.bytes(),
                find -> !Secrets.mayBeShownTo(request.party(), find)));
    TRACES.lookThroughFiles(folder.resolve("data/topology"));
    TRACES.lookThroughFiles(folder.resolve("data/triage"));
    NOTICES.forEach(notice -> TRACES.look("notices", "printed", notice));
    said.close();
    TRACES.look("logs", "said", said.all());
  }

  private static void export() throws Exception {
    List<String> files = List.of("log.jsonl", "heads.jsonl", "calls.jsonl");
    int exit =
        Tillwatch.commandLine()
            .execute(
                "audit",
                "export",
                "--bootstrap-servers=" + site.connection().bootstrapServers(),
                "--out=" + folder.resolve(files.get(0)),
                "--heads=" + folder.resolve(files.get(1)),
                "--model-calls=" + folder.resolve(files.get(2)));
    assertThat(exit).isZero();
    for (String file : files) {
      TRACES.look("audit", file, Files.readAllBytes(folder.resolve(file)));
    }
  }

  @AfterAll
  static void stop() {
    said.close();
    System.out.printf(
        "%d places of %d topics, %d places of %d routes; looked through %s%n",
        injector.places().size(),
        Originals.inputsOf(site.topics()).size(),
        requests.places().size(),
        requests.routes().size(),
        TRACES.bytes());
  }

  @Test
  void nothingOfItIsFoundAnywhere() {
    assertThat(TRACES.found()).isEmpty();
  }

  @Test
  void theSearchFindsAHarmlessWordWhereverItMustBe() {
    assertThat(TRACES.controls())
        .contains("answers", "pages", "topics", "stores", "files", "logs", "audit")
        .contains("PAGER", "TRACKER", "CHAT", "RECEIVER", "ALERTS", "MODEL");
  }

  @Test
  void everyRouteThatIsServedIsTainted() {
    assertThat(requests.routes()).containsAll(Routes.declared());
  }

  /** But for a path that leads nowhere, and why, which waits for minutes that are over. */
  @Test
  void whatIsTaintedIsTakenAsItIs() {
    assertThat(plain)
        .filteredOn(answer -> answer.status() >= 300)
        .filteredOn(answer -> !Set.of("/nowhere/{name}", "/api/v1/why").contains(answer.asked()))
        .extracting(Requests.Answer::asked, Requests.Answer::status)
        .isEmpty();
  }
}
