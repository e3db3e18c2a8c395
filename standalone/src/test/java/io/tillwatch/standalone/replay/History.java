package io.tillwatch.standalone.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A file of payment attempts and what a plain recount says is in it.
 *
 * @param file the attempts as CSV
 * @param mapping which column is which field
 * @param rows rows below the header
 * @param problems how the note of each bad row begins, in order
 * @param attempts by PSP, and by PSP and country
 */
record History(
    Path file, Path mapping, long rows, List<String> problems, Map<String, Count> attempts) {

  private static final Path REAL = Path.of("../../shared/data/psp-2019/attempts.csv");
  private static final Path REAL_MAPPING = Path.of("../examples/psp-2019.yaml");
  private static final Map<String, String> REAL_COUNTRIES =
      Map.of("Germany", "DE", "Austria", "AT", "Switzerland", "CH");

  private static final int ROWS = 3_000;
  private static final Instant START = Instant.parse("2024-06-01T00:00:00Z");
  private static final String MAPPING =
      """
      format: csv
      event: auth
      onBadRow: continue
      fields:
        eventId: {template: "made-{id}"}
        eventTime: {column: at}
        paymentId: {column: id}
        psp: {column: psp}
        region: {constant: eu}
        issuerCountry: {column: country}
        currency: {constant: EUR}
        amountMinor: {column: amount, scale: 100}
        outcome: {column: ok, lookup: {"yes": approved, "no": declined}}
      """;

  /** How many there were and how many of them were approved. */
  record Count(long attempts, long approved) {
    Count plus(Count other) {
      return new Count(attempts + other.attempts, approved + other.approved);
    }
  }

  @Override
  public String toString() {
    return file.getFileName().toString();
  }

  /** Made by the seed, with a bad row here and there. */
  static History made(Path folder, long seed) throws IOException {
    Path mapping = Files.writeString(folder.resolve("made.yaml"), MAPPING);
    Path file = folder.resolve("made.csv");
    SplittableRandom random = new SplittableRandom(seed);
    List<String> lines = new ArrayList<>(List.of("id,at,psp,country,amount,ok"));
    List<String> problems = new ArrayList<>();
    Map<String, Count> attempts = new TreeMap<>();
    for (int id = 0; id < ROWS; id++) {
      String psp = "psp-" + random.nextInt(3);
      String country = List.of("DE", "FR", "ES").get(random.nextInt(3));
      boolean approved = random.nextInt(10) > 0;
      boolean bad = random.nextInt(500) == 0;
      String amount = bad ? "much" : Integer.toString(1 + random.nextInt(500));
      Instant at = START.plusSeconds(20L * id + random.nextInt(20));
      String ok = approved ? "yes" : "no";
      lines.add(String.join(",", Integer.toString(id), at.toString(), psp, country, amount, ok));
      if (bad) {
        problems.add("%s:%d: amountMinor is 'much', expected ".formatted(file, lines.size()));
      } else {
        add(attempts, psp, country, approved);
      }
    }
    Files.write(file, lines);
    return new History(file, mapping, ROWS, List.copyOf(problems), attempts);
  }

  static boolean realIsThere() {
    return Files.exists(REAL);
  }

  /** Real attempts, recounted without the mapping. */
  static History real() throws IOException {
    List<String> lines = Files.readAllLines(REAL);
    Map<String, Count> attempts = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",");
      add(attempts, cells[5], REAL_COUNTRIES.get(cells[2]), cells[4].equals("1"));
    }
    return new History(REAL, REAL_MAPPING, lines.size() - 1, List.of(), attempts);
  }

  private static void add(
      Map<String, Count> attempts, String psp, String country, boolean approved) {
    Count one = new Count(1, approved ? 1 : 0);
    attempts.merge(psp, one, Count::plus);
    attempts.merge(psp + " " + country, one, Count::plus);
  }
}
