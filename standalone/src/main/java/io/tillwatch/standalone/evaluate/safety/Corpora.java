package io.tillwatch.standalone.evaluate.safety;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillwatch.standalone.site.WrongInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * The labelled lines of one folder, or those that are shipped: JSON, one object a line.
 *
 * @param name the folder, or {@link #SHIPPED}
 */
record Corpora(
    String name, List<MarkedText> marked, List<HiddenOrder> orders, List<RawAnswer> answers) {

  static final String SHIPPED = "shipped";

  private static final String REDACTION = "redaction.jsonl";
  private static final String INJECTION = "injection.jsonl";
  private static final String ANSWERS = "llm_outputs.jsonl";

  /** A longer file is a mistake: every line is held. */
  private static final long FILE_BYTES_MAX = 64L * 1024 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();

  Corpora {
    marked = List.copyOf(marked);
    orders = List.copyOf(orders);
    answers = List.copyOf(answers);
  }

  /** What is shipped. */
  static Corpora shipped() {
    return read(SHIPPED, Corpora::resource);
  }

  /**
   * What a folder holds; a file that is not there counts as empty.
   *
   * @throws WrongInput with the line that is none
   */
  static Corpora in(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new WrongInput("--corpora: '%s' is no folder".formatted(folder));
    }
    Corpora found = read(folder.toString(), name -> text(folder.resolve(name)));
    if (found.lines() == 0) {
      throw new WrongInput(
          "--corpora: '%s' holds no %s, %s or %s".formatted(folder, REDACTION, INJECTION, ANSWERS));
    }
    return found;
  }

  int lines() {
    return marked.size() + orders.size() + answers.size();
  }

  private static Corpora read(String name, Function<String, String> files) {
    return new Corpora(
        name,
        each(name, REDACTION, files, Corpora::marked),
        each(name, INJECTION, files, Corpora::order),
        each(name, ANSWERS, files, Corpora::answer));
  }

  private static <T> List<T> each(
      String folder, String file, Function<String, String> files, Function<JsonNode, T> line) {
    List<T> read = new ArrayList<>();
    // By line feeds alone: other line ends stand within texts.
    String[] lines = files.apply(file).split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (!lines[i].isBlank()) {
        try {
          read.add(line.apply(JSON.readTree(lines[i])));
        } catch (JsonProcessingException | IllegalArgumentException e) {
          throw new WrongInput("%s/%s:%d: no line of such a file".formatted(folder, file, i + 1));
        }
      }
    }
    return read;
  }

  private static MarkedText marked(JsonNode line) {
    return new MarkedText(
        text(line, "id"),
        text(line, "family"),
        text(line, "text"),
        items(line.path("spans"), Corpora::span),
        items(line.path("must_keep"), JsonNode::asText));
  }

  private static MarkedText.Span span(JsonNode span) {
    return new MarkedText.Span(
        span.path("u16_start").asInt(),
        span.path("u16_end").asInt(),
        text(span, "type"),
        span.path("canon").asText(""),
        span.path("part").asInt(-1));
  }

  private static HiddenOrder order(JsonNode line) {
    JsonNode payload = line.path("payload");
    return new HiddenOrder(
        text(line, "id"),
        text(line, "kind").equals("benign"),
        text(line, "surface"),
        line.path("canary").asText(""),
        payload.isArray() ? items(payload, JsonNode::asText) : List.of(text(line, "payload")),
        line.path("obey_output").asText(""),
        items(line.path("assert"), JsonNode::asText));
  }

  private static RawAnswer answer(JsonNode line) {
    return new RawAnswer(
        text(line, "id"),
        line.path("name").asText(""),
        text(line, "raw_output"),
        text(line, "expect"),
        items(line.path("assert"), JsonNode::asText));
  }

  private static String text(JsonNode line, String name) {
    JsonNode value = line.path(name);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(name);
    }
    return value.textValue();
  }

  private static <T> List<T> items(JsonNode list, Function<JsonNode, T> item) {
    return StreamSupport.stream(list.spliterator(), false).map(item).toList();
  }

  private static String text(Path file) {
    try {
      if (!Files.exists(file)) {
        return "";
      }
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw new WrongInput("--corpora: %s has more than 64 MiB".formatted(file));
      }
      return Files.readString(file);
    } catch (IOException e) {
      throw new WrongInput("--corpora: %s cannot be read".formatted(file));
    }
  }

  private static String resource(String name) {
    try (InputStream in = Corpora.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource %s is not on the class path".formatted(name));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
