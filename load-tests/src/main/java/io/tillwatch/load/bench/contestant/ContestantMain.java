package io.tillwatch.load.bench.contestant;

import io.tillwatch.load.bench.contestant.limit.LimitContestant;
import java.util.Arrays;

/** The process of a contestant that is built in: its name, then its assignment. */
public final class ContestantMain {

  private ContestantMain() {}

  public static void main(String[] arguments) throws Exception {
    Assignment assignment = Assignment.parse(Arrays.copyOfRange(arguments, 1, arguments.length));
    switch (arguments[0]) {
      case "poll" -> PollContestant.run(assignment);
      case "decode" -> DecodeContestant.run(assignment);
      case "limit" -> LimitContestant.run(assignment);
      case "dsl" -> DslContestant.run(assignment);
      default -> throw new IllegalArgumentException("no contestant " + arguments[0]);
    }
  }
}
