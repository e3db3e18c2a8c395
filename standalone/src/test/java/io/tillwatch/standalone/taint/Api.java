package io.tillwatch.standalone.taint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What an OpenAPI document says can be asked, and with what. */
final class Api {

  /**
   * One operation.
   *
   * @param path with its parts in braces
   * @param parts what stands in braces
   * @param fields names of a JSON body that the document describes
   */
  record Operation(
      String id,
      String method,
      String path,
      List<String> parts,
      List<String> query,
      List<String> headers,
      Set<String> fields) {}

  private final JsonNode document;

  private Api(JsonNode document) {
    this.document = document;
  }

  /** The operations of a document in YAML. */
  static List<Operation> read(String yaml) throws IOException {
    return new Api(new ObjectMapper(new YAMLFactory()).readTree(yaml)).operations();
  }

  private List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(method ->
                    operations.add(operation(path.getKey(), method.getKey(), method.getValue()))));
    return operations;
  }

  private Operation operation(String path, String method, JsonNode described) {
    Set<String> fields = new HashSet<>();
    JsonNode schema =
        resolved(described.path("requestBody").path("content").path("application/json"));
    resolved(schema.path("schema")).path("properties").fieldNames().forEachRemaining(fields::add);
    return new Operation(
        described.path("operationId").asText(),
        method.toUpperCase(Locale.ROOT),
        path,
        parameters(described, "path"),
        parameters(described, "query"),
        parameters(described, "header"),
        fields);
  }

  private List<String> parameters(JsonNode described, String in) {
    List<String> names = new ArrayList<>();
    for (JsonNode each : described.path("parameters")) {
      JsonNode parameter = resolved(each);
      if (parameter.path("in").asText().equals(in)) {
        names.add(parameter.path("name").asText());
      }
    }
    return names;
  }

  private JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asText("");
    return reference.isEmpty() ? node : document.at(reference.substring(1));
  }
}
