package io.tillwatch.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * Goal: nobody has to guess. Method: every command there is, found by walking down from the top.
 */
class HelpTest {

  static List<List<String>> commands() {
    List<List<String>> commands = new ArrayList<>();
    walk(Tillwatch.commandLine(), List.of(), commands);
    assertThat(commands).contains(List.of("demo"), List.of("query", "cells")).hasSizeGreaterThan(9);
    return commands;
  }

  private static void walk(CommandLine command, List<String> path, List<List<String>> commands) {
    commands.add(path);
    command
        .getSubcommands()
        .forEach((name, below) -> {
          List<String> longer = new ArrayList<>(path);
          longer.add(name);
          walk(below, List.copyOf(longer), commands);
        });
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpSaysHowItIsUsedAndWhatItDoes(List<String> path) {
    String help = run(0, path, "--help");
    assertThat(help)
        .startsWith("Usage: " + String.join(" ", withTillwatch(path)))
        .contains("--help");
    assertThat(help.lines()).as("fits a terminal").allMatch(line -> line.length() <= 80);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void wrongUsageIsOneLineAndWhereToLookUp(List<String> path) {
    assertThat(run(2, path, "--no-such-option"))
        .hasLineCount(2)
        .containsPattern("^(Unknown option|Missing required )")
        .endsWith("see %s --help%n".formatted(String.join(" ", withTillwatch(path))));
  }

  private static List<String> withTillwatch(List<String> path) {
    List<String> all = new ArrayList<>(List.of("tillwatch"));
    all.addAll(path);
    return all;
  }

  private static String run(int exitCode, List<String> path, String option) {
    StringWriter text = new StringWriter();
    List<String> arguments = new ArrayList<>(path);
    arguments.add(option);
    int code =
        Tillwatch.commandLine()
            .setOut(new PrintWriter(text))
            .setErr(new PrintWriter(text))
            .execute(arguments.toArray(String[]::new));
    assertThat(code).isEqualTo(exitCode);
    return text.toString();
  }
}
