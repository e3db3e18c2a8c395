package io.tillwatch.standalone.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.rules.RuleBook;
import io.tillwatch.standalone.query.Instance.NoAnswer;
import io.tillwatch.standalone.site.ReportFile;
import io.tillwatch.standalone.site.WrongInput;
import io.tillwatch.triage.library.Answer;
import io.tillwatch.triage.library.Found;
import io.tillwatch.triage.library.Librarian;
import io.tillwatch.triage.library.Library;
import io.tillwatch.triage.model.NoModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tillwatch ask}: what runbooks and policy documents say to a question. */
@Command(
    name = "ask",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Finds what runbooks and policy documents say to a question, with the id of each passage to"
          + " cite it by. When nothing fits, it says so instead of guessing.",
      "",
      "Without --url it reads the runbooks and documents that are shipped, and those of --docs: no"
          + " server, no network, no model. With --url a running instance answers: with its own"
          + " site's documents, the incidents that were reviewed there, and in the words of its"
          + " model, if it has one."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:answered, or passages were found",
      "1:nothing fits, or the instance cannot answer now",
      "2:wrong usage or input"
    },
    footer = {
      "",
      "Examples:",
      "  tillwatch ask \"our acquirer went dark, what do I do first\"",
      "  tillwatch ask \"who approves refunds\" --docs policies --top 1",
      "  tillwatch ask \"what helped last time\" --url http://127.0.0.1:8080"
    })
public final class AskCommand implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NOTHING_FITS = 1;

  @Spec
  // Set by picocli before it calls.
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "QUESTION",
      description = "In words, as to a colleague; 500 characters at most.")
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--top",
      defaultValue = "3",
      paramLabel = "N",
      description = "Passages at the most, 1 to 10 (default: ${DEFAULT-VALUE}).")
  private int top;

  @Option(
      names = "--docs",
      paramLabel = "DIR",
      description = "Folder of further documents (*.md with ## sections); may be repeated.")
  private List<Path> docs = new ArrayList<>();

  @Option(names = "--url", description = "Ask this running instance instead.")
  private @Nullable String url;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "With --url: file with the API token; else TILLWATCH_API_TOKEN, else none.")
  private @Nullable Path tokenFile;

  @Option(names = "--json", description = "Print the answer as JSON.")
  private boolean json;

  @Option(names = "--report", paramLabel = "FILE", description = "Write the answer as JSON, too.")
  private @Nullable Path report;

  @Override
  public Integer call() throws IOException {
    ReportFile.check(report);
    String question = String.join(" ", words).strip();
    check(question);
    try {
      JsonNode answer = url == null ? locally(question) : running(question, url);
      if (report != null) {
        JSON.writerWithDefaultPrettyPrinter().writeValue(report.toFile(), answer);
      }
      print(answer, spec.commandLine().getOut());
      return answer.path("refused").asBoolean() ? NOTHING_FITS : 0;
    } catch (NoAnswer e) {
      spec.commandLine().getErr().println(e.getMessage());
      return e.exitCode();
    }
  }

  private void check(String question) {
    if (question.isEmpty() || question.length() > Librarian.QUESTION_MAX) {
      throw new WrongInput(
          "a question of %d characters, expected 1 to %d"
              .formatted(question.length(), Librarian.QUESTION_MAX));
    }
    if (top < 1 || top > Library.PASSAGES_MAX) {
      throw new WrongInput("--top is %d, expected 1 to %d".formatted(top, Library.PASSAGES_MAX));
    }
    if (url != null && !docs.isEmpty()) {
      throw new WrongInput("--docs goes with no --url: the instance reads its own");
    }
    for (Path folder : docs) {
      if (!Files.isDirectory(folder)) {
        throw new WrongInput("--docs: %s is no folder".formatted(folder));
      }
    }
  }

  private JsonNode running(String question, String address) throws NoAnswer, IOException {
    String token =
        tokenFile == null
            ? System.getenv("TILLWATCH_API_TOKEN")
            : Files.readString(tokenFile).strip();
    return new RunningLibrary(address).ask(question, top, token);
  }

  private JsonNode locally(String question) {
    RuleBook shipped = RuleBook.defaults();
    Library library = Library.of(shipped::runbooks, docs);
    return json(new Librarian(library, new NoModel()).answer(question, top));
  }

  /** As the API has it. */
  private static JsonNode json(Answer answer) {
    ObjectNode json = JSON.createObjectNode().put("question", answer.question()).putNull("answer");
    json.put("author", answer.author()).put("refused", answer.refused());
    ArrayNode passages = json.put("reason", answer.reason()).putArray("passages");
    for (Found found : answer.passages()) {
      passages
          .addObject()
          .put("id", found.passage().id())
          .put("title", found.passage().title())
          .put("section", found.passage().section())
          .put("text", found.passage().text())
          .put("score", found.score());
    }
    return json;
  }

  private void print(JsonNode answer, PrintWriter out) throws IOException {
    if (json) {
      out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(answer));
    } else {
      Reading.print(answer, out);
    }
    out.flush();
  }
}
