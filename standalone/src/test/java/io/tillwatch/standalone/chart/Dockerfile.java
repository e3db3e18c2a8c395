package io.tillwatch.standalone.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The Dockerfile as instructions, as far as a machine without a container engine can judge it.
 *
 * @param instructions in order, comments gone, continued lines joined
 */
record Dockerfile(List<Instruction> instructions) {

  /** One instruction, for example {@code USER} and {@code 10001:10001}. */
  record Instruction(String word, String arguments) {

    static Instruction of(String line) {
      String[] parts = line.strip().split("\\s+", 2);
      return new Instruction(parts[0], parts.length == 2 ? parts[1] : "");
    }

    /** Arguments in the JSON form, the only one that starts a process without a shell. */
    List<String> exec() {
      try {
        return List.of(new ObjectMapper().readValue(arguments, String[].class));
      } catch (JsonProcessingException e) {
        throw new AssertionError(word + " is not in the JSON form: " + arguments, e);
      }
    }
  }

  /** What is copied out of the build stage: a path under {@code /src}, and where it goes. */
  record Copied(Path source, String target) {}

  static Dockerfile read() {
    try {
      String text =
          Files.readString(Chart.ROOT.resolve("Dockerfile"))
              .replaceAll("(?m)^\\s*#.*\\R", "")
              .replaceAll("\\\\\\R\\s*", "");
      return new Dockerfile(
          text.lines().filter(line -> !line.isBlank()).map(Instruction::of).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Instruction> all(String word) {
    return instructions.stream().filter(one -> one.word().equals(word)).toList();
  }

  Instruction last(String word) {
    return all(word).getLast();
  }

  /** Copies from the build stage; paths relative to the checkout. */
  List<Copied> copiedFromBuild() {
    return all("COPY").stream()
        .map(copy -> copy.arguments().split("\\s+"))
        .filter(words -> words[0].equals("--from=build"))
        .map(words -> new Copied(Path.of("/src").relativize(Path.of(words[1])), words[2]))
        .toList();
  }
}
