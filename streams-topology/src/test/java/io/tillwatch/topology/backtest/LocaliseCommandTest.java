package io.tillwatch.topology.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Goal: the cells that were spoilt are named, no others, for amounts and rates, up and down. */
class LocaliseCommandTest {

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new LocaliseCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  /** Amounts of 6 x 5 x 4 leaves, of which those of x1, and of y2 with z3, are multiplied. */
  private void amounts(String name, double factor) throws IOException {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    StringBuilder rows = new StringBuilder("x,y,z,real,predict\n");
    for (int x = 0; x < 6; x++) {
      for (int y = 0; y < 5; y++) {
        for (int z = 0; z < 4; z++) {
          double forecast = 50 + random.nextInt(200);
          boolean isSpoilt = x == 1 || y == 2 && z == 3;
          double real = forecast * (isSpoilt ? factor : 1) * (1 + random.nextGaussian() * .03);
          rows.append(
              String.format(Locale.ROOT, "x%d,y%d,z%d,%.3f,%.3f%n", x, y, z, real, forecast));
        }
      }
    }
    Files.writeString(folder.resolve(name + ".csv"), rows);
  }

  /** Successes over attempts, where those of PSP a in the EU fail more often. */
  private void rates(String name) throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder top = new StringBuilder("psp,region,bin,real,predict\n");
    StringBuilder bottom = new StringBuilder(top);
    for (String psp : new String[] {"a", "b", "c"}) {
      for (String region : new String[] {"EU", "US"}) {
        for (int bin = 0; bin < 6; bin++) {
          double rate = psp.equals("a") && region.equals("EU") ? .6 : .9;
          int ok = 0;
          for (int i = 0; i < 100; i++) {
            ok += random.nextDouble() < rate ? 1 : 0;
          }
          top.append("%s,%s,b%d,%d,90\n".formatted(psp, region, bin, ok));
          bottom.append("%s,%s,b%d,100,100\n".formatted(psp, region, bin));
        }
      }
    }
    Files.writeString(folder.resolve(name + ".a.csv"), top);
    Files.writeString(folder.resolve(name + ".b.csv"), bottom);
  }

  @Test
  void spoiltCellsAreNamedAndScored() throws IOException {
    Path set = Files.createDirectories(folder.resolve("amounts"));
    amounts("amounts/1", .5);
    amounts("amounts/2", 1.8);
    Files.writeString(
        set.resolve("injection_info.csv"), "timestamp,set\n1,x=x1;z=z3&y=y2\n2,x=x1;y=y2&z=z3\n");
    Path ratesSet = Files.createDirectories(folder.resolve("rates"));
    rates("rates/1");
    Files.writeString(ratesSet.resolve("injection_info.csv"), "set,timestamp\npsp=a&region=EU,1\n");
    Path report = folder.resolve("report.json");
    assertThat(run("--cases", folder.toString(), "--report", report.toString())).isZero();
    JsonNode told = new ObjectMapper().readTree(report.toFile());
    assertThat(told.path("cases")).hasSize(3);
    assertThat(told.path("cases").get(0).path("case").asText()).isEqualTo("amounts/1");
    for (String name : new String[] {"amounts", "rates"}) {
      JsonNode score = told.path("score").path(name);
      assertThat(score.path("f1").asDouble()).as(name).isEqualTo(1);
      assertThat(score.path("exact").asDouble()).as(name).isEqualTo(1);
    }
    assertThat(out.toString()).contains("amounts     2 cases: F1 1.000");
  }

  @Test
  void anAnswerThatIsMissingOrWrongCounts() throws IOException {
    Files.createDirectories(folder.resolve("set"));
    amounts("set/1", .5);
    Files.writeString(
        folder.resolve("set/injection_info.csv"), "timestamp,set\n1,x=x1;x=x2\n9,y=y0\n");
    assertThat(run("--cases", folder.toString())).isZero();
    assertThat(out.toString()).contains("F1 0.400, precision 0.500, recall 0.333, exact 0.000");
  }

  @Test
  void anAnswerToNothingIsNotScored() throws IOException {
    Files.createDirectories(folder.resolve("set"));
    amounts("set/1", 1);
    Files.createDirectories(folder.resolve("other"));
    Files.writeString(folder.resolve("other/injection_info.csv"), "timestamp,set\n9,y=y0\n");
    Files.writeString(folder.resolve("set/injection_info.csv"), "timestamp,set\n");
    assertThat(run("--cases", folder.toString())).isZero();
    assertThat(out.toString())
        .contains("other")
        .contains("median - ms of CPU")
        .doesNotContain("NaN");
  }

  @Test
  void wrongInputIsOneSentence() throws IOException {
    assertThat(run("--cases", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("is no folder");
    assertThat(run("--cases", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("no case below it");
    Files.writeString(folder.resolve("1.a.csv"), "x,real,predict\nx0,1,1\n");
    Files.writeString(folder.resolve("1.b.csv"), "x,real,predict\nx1,1,1\n");
    assertThat(run("--cases", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("1.b.csv: other leaves than in");
    Files.writeString(folder.resolve("1.a.csv"), "x,real,predict\nx0,-1,1\n");
    assertThat(run("--cases", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("1.a.csv:2: expected a number from 0 on");
  }
}
