package io.tillwatch.standalone.rules;

import io.tillwatch.rules.RuleBook;
import io.tillwatch.rules.RuleFile;
import io.tillwatch.standalone.site.WrongInput;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code rules publish}: rules for every instance of triage, without a restart. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Checks rules and writes them to the topic tillwatch.rules, each file under its name.",
      "Every instance of triage lays them beside its own files within seconds; what cannot be"
          + " used there is refused as a whole, and what was in force stays (/api/v1/rules)."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:published",
      "1:the rules cannot be used, or the cluster not be reached",
      "2:wrong usage"
    },
    footer = {
      "",
      "Example:",
      "  tillwatch rules publish silence.yaml --author ada --reason 'northpay moves webhooks'"
    })
final class PublishRules implements Callable<Integer> {

  /** As much as triage takes of one file. */
  private static final int CHARACTERS_MAX = 256 * 1024;

  @Spec private CommandSpec spec;
  @Mixin private RuleFiles files;
  @Mixin private Publisher publisher;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    return files.tell(out, rules -> publish(rules, out));
  }

  private void publish(RuleBook rules, PrintWriter out) {
    List<RuleFile> read = RuleFile.readAll(files.files());
    if (read.isEmpty()) {
      throw new WrongInput("no file, expected rules to publish");
    }
    Map<String, String> textByName = new LinkedHashMap<>();
    for (RuleFile file : read) {
      Path name = Path.of(file.name()).getFileName();
      if (file.text().isBlank() || file.text().length() > CHARACTERS_MAX) {
        throw new WrongInput(
            "%s: %d characters, expected 1 to %d"
                .formatted(file.name(), file.text().length(), CHARACTERS_MAX));
      }
      if (name == null || textByName.put(name.toString(), file.text()) != null) {
        throw new WrongInput("%s: its name comes twice".formatted(file.name()));
      }
    }
    publisher.publish(textByName);
    out.printf(
        "published %s: %d watches, %d silences%n",
        String.join(", ", textByName.keySet()),
        rules.watches().size(),
        rules.suppression().silences().size());
  }
}
