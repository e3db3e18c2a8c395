package io.tillwatch.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Who may import whom; each message says how to mend a breach. */
class ArchitectureTest {

  private static final JavaClasses TILLWATCH =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.tillwatch");

  private static final String[] KAFKA_AND_HTTP = {
    "org.apache.kafka..", "io.micronaut..", "dev.langchain4j..", "java.net.http.."
  };

  @Test
  void schemasStandOnNothingOfOurs() {
    noClasses()
        .that()
        .resideInAPackage("io.tillwatch.schemas..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.tillwatch.rules..",
            "io.tillwatch.topology..",
            "io.tillwatch.triage..",
            "io.tillwatch.load..",
            "io.tillwatch.standalone..")
        .because("schemas is the ground floor: move what you need into it, or the caller up")
        .check(TILLWATCH);
  }

  @Test
  void rulesArePlainJavaThatParsesAndJudges() {
    noClasses()
        .that()
        .resideInAPackage("io.tillwatch.rules..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.tillwatch.schemas..",
            "io.tillwatch.topology..",
            "io.tillwatch.triage..",
            "io.tillwatch.load..",
            "io.tillwatch.standalone..",
            "org.apache.kafka..",
            "io.micronaut..")
        .because(
            "rules are judged the same in a test, a back-test and live: hand them plain values")
        .check(TILLWATCH);
  }

  @Test
  void topologyAndTriageMeetOnlyInSchemasAndOverHttp() {
    noClasses()
        .that()
        .resideInAPackage("io.tillwatch.topology..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.tillwatch.triage..", "io.tillwatch.load..", "io.tillwatch.standalone..")
        .because("the two services are deployed apart: put what they share into schemas")
        .check(TILLWATCH);
    noClasses()
        .that()
        .resideInAPackage("io.tillwatch.triage..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.tillwatch.topology..", "io.tillwatch.load..", "io.tillwatch.standalone..")
        .because("the two services are deployed apart: put what they share into schemas")
        .check(TILLWATCH);
  }

  @Test
  void loadDrivesTheProductFromOutside() {
    noClasses()
        .that()
        .resideInAPackage("io.tillwatch.load..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.tillwatch.topology..", "io.tillwatch.triage..", "io.tillwatch.standalone..")
        .because("a load test that reaches inside proves nothing: use topics and HTTP")
        .check(TILLWATCH);
  }

  @Test
  void decisionsAreMadeInPlainJava() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.tillwatch.topology.detect..",
            "io.tillwatch.topology.localise..",
            "io.tillwatch.topology.cell..",
            "io.tillwatch.triage.incident..",
            "io.tillwatch.triage.timeline..",
            "io.tillwatch.triage.audit..",
            "io.tillwatch.triage.hypothesis..",
            "io.tillwatch.triage.advice",
            "io.tillwatch.triage.gateway.redact..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(KAFKA_AND_HTTP)
        .because("decide in a pure function and act elsewhere: pass values in, return a decision")
        .check(TILLWATCH);
  }

  @Test
  void theRedactorStandsOnNothing() {
    classes()
        .that()
        .resideInAPackage("io.tillwatch.triage.gateway.redact..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.tillwatch.triage.gateway.redact..", "java..", "org.jspecify..")
        .because("whoever has to trust it reads one package: hand it text, take text back")
        .check(TILLWATCH);
  }

  @Test
  void oneAdapterSeesLangchain() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.tillwatch.triage.model.langchain..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.langchain4j..")
        .because("a vendor's library comes and goes: ask the port triage.model.Model")
        .check(TILLWATCH);
  }

  @Test
  void everythingThatGoesToAModelPassesTheGateway() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.tillwatch.triage.model..",
            "io.tillwatch.triage.hypothesis..",
            "io.tillwatch.triage.gateway.policy..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net.http..", "dev.langchain4j.http.client.jdk..")
        .because("what opens HTTP to a model is not redacted and not on record: PromptGateway is")
        .check(TILLWATCH);
    noClasses()
        .that()
        .resideInAPackage("io.tillwatch.triage.gateway..")
        .and()
        .doNotHaveSimpleName("ModelHttp")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.net.http..")
        .because("one class opens HTTP to a model, with deadline and bounds")
        .check(TILLWATCH);
  }

  @Test
  void onePackageKnowsHowTextIsFound() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.tillwatch.triage.library..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.lucene..")
        .because("whoever wants passages asks the Library: its index is its own affair")
        .check(TILLWATCH);
  }

  @Test
  void oneClassKnowsTheInsideOfKafkaStreams() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.tillwatch.topology.commit..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka.streams.processor.internals..",
            "org.apache.kafka.streams.state.internals..")
        .because("internals change without notice: everything goes through topology.commit")
        .check(TILLWATCH);
  }

  @Test
  void decisionsDoNotReadTheClock() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.tillwatch.topology..", "io.tillwatch.triage.incident..", "io.tillwatch.rules..")
        .and()
        .resideOutsideOfPackages("io.tillwatch.topology.query..", "io.tillwatch.topology.command..")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .because("time is a parameter: take an InstantSource or an Instant")
        .check(TILLWATCH);
  }

  @Test
  void everyPackageIsNullMarked() {
    classes()
        .that()
        .haveSimpleName("package-info")
        .should()
        .beAnnotatedWith("org.jspecify.annotations.NullMarked")
        .because("null safety is an error here: annotate the package-info")
        .check(TILLWATCH);
  }
}
