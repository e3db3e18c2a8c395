package io.tillwatch.standalone.taint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request that is taken as it is, and the places of it that something can be put into.
 *
 * @param parts values of what stands in braces in the path
 * @param body a JSON object; null for a request without
 * @param signed headers that depend on the body
 */
record Call(
    Api.Operation operation,
    Map<String, String> parts,
    Map<String, String> query,
    Map<String, String> headers,
    @Nullable String body,
    Function<byte[], Map<String, String>> signed) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What any client may send along. */
  private static final List<String> USUAL_HEADERS =
      List.of("User-Agent", "Accept-Language", "Referer", "Cookie", "Forwarded", "X-Request-Id");

  /** A place of it, and the request with something put in there. */
  record Place(String name, Function<String, Call> with) {}

  /** What is sent; a body that is no JSON any more is sent as it is. */
  HttpRequest request(URI site) {
    String path = operation.path();
    for (Map.Entry<String, String> part : parts.entrySet()) {
      path = path.replace("{" + part.getKey() + "}", encoded(part.getValue()));
    }
    StringBuilder address = new StringBuilder(path);
    query.forEach((name, value) ->
        address
            .append(address.indexOf("?") < 0 ? '?' : '&')
            .append(encoded(name))
            .append('=')
            .append(encoded(value)));
    byte[] bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
    HttpRequest.Builder request = HttpRequest.newBuilder(site.resolve(address.toString()));
    Map<String, String> all = new LinkedHashMap<>(signed.apply(bytes));
    if (body != null) {
      all.put("Content-Type", "application/json");
    }
    all.putAll(headers);
    all.forEach(request::setHeader);
    return request
        .method(
            operation.method(),
            body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(bytes))
        .build();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Every place of it. */
  List<Place> places() {
    List<Place> places = new ArrayList<>();
    for (String part : operation.parts()) {
      places.add(new Place("path " + part, text -> withPart(part, text)));
    }
    for (String name : operation.query()) {
      places.add(new Place("query " + name, text -> withQuery(name, text)));
    }
    places.add(new Place("query, any other", text -> withQuery(text, text)));
    places.add(new Place("usual headers", this::withUsualHeaders));
    Set<String> names = new LinkedHashSet<>(headers.keySet());
    names.addAll(operation.headers());
    names.addAll(List.of("Authorization", "X-Forwarded-For", "Content-Type", "Origin"));
    for (String name : names) {
      places.add(new Place("header " + name, text -> withHeader(name, text)));
    }
    if (body != null) {
      addPlaces(read(body), "body", at -> at, places);
      places.add(new Place("body, no JSON", this::withBody));
    }
    return places;
  }

  private void addPlaces(
      JsonNode node, String name, Function<JsonNode, JsonNode> at, List<Place> places) {
    if (node instanceof ObjectNode object) {
      places.add(
          new Place(
              name + ", any other", text -> changed(root -> put(at.apply(root), text, text))));
      object
          .properties()
          .forEach(member -> {
            String key = member.getKey();
            if (member.getValue().isValueNode()) {
              places.add(
                  new Place(name + "." + key, t -> changed(root -> put(at.apply(root), key, t))));
            } else {
              addPlaces(
                  member.getValue(), name + "." + key, root -> at.apply(root).get(key), places);
            }
          });
    } else if (node instanceof ArrayNode array && !array.isEmpty()) {
      if (array.get(0).isValueNode()) {
        places.add(
            new Place(
                name + "[]",
                text ->
                    changed(root -> ((ArrayNode) at.apply(root)).set(0, TextNode.valueOf(text)))));
      } else {
        addPlaces(array.get(0), name + "[]", root -> at.apply(root).get(0), places);
      }
    }
  }

  private static void put(JsonNode object, String name, String text) {
    ((ObjectNode) object).put(name, text);
  }

  private Call changed(Consumer<JsonNode> change) {
    JsonNode copy = read(String.valueOf(body));
    change.accept(copy);
    return withBody(copy.toString());
  }

  private Call withPart(String name, String value) {
    return new Call(operation, and(parts, name, value), query, headers, body, signed);
  }

  private Call withQuery(String name, String value) {
    return new Call(operation, parts, and(query, name, value), headers, body, signed);
  }

  /** Headers are bytes, of which a client takes few: digits of full width are none. */
  Call withHeader(String name, String value) {
    String ascii = value.codePoints().allMatch(c -> c < 0x80) ? value : Canary.PAN.text(0);
    return new Call(operation, parts, query, and(headers, name, ascii), body, signed);
  }

  private Call withUsualHeaders(String text) {
    Call call = this;
    for (String name : USUAL_HEADERS) {
      call = call.withHeader(name, text);
    }
    return call;
  }

  private Call withBody(String text) {
    return new Call(operation, parts, query, headers, text, signed);
  }

  private static Map<String, String> and(Map<String, String> map, String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(map);
    more.put(name, value);
    return more;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
