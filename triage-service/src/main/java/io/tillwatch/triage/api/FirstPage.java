package io.tillwatch.triage.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Hidden;
import io.tillwatch.schemas.incident.IncidentClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The page at {@code /}: a handful of static files, and where it finds the cells. */
@Hidden
@WhenTriageRuns
@Controller
final class FirstPage {

  /** A file of the page, as served. */
  private record Asset(byte[] bytes, MediaType type, String tag) {

    static Asset load(String name, String type) {
      String path = "/io/tillwatch/triage/page/" + name;
      try (InputStream in = FirstPage.class.getResourceAsStream(path)) {
        if (in == null) {
          throw new IllegalStateException("resource %s is not on the class path".formatted(path));
        }
        byte[] bytes = in.readAllBytes();
        return new Asset(bytes, MediaType.of(type), tag(bytes));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String tag(byte[] bytes) {
      try {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
        return '"' + HexFormat.of().formatHex(hash, 0, 8) + '"';
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }
  }

  private static final Asset INDEX = Asset.load("index.html", "text/html;charset=utf-8");
  private static final Map<String, Asset> FILES =
      Map.ofEntries(
          script("page.js"),
          script("api.js"),
          script("ask.js"),
          script("chart.js"),
          script("commands.js"),
          script("detail.js"),
          script("incidents.js"),
          script("kept.js"),
          script("dom.js"),
          script("words.js"),
          Map.entry("page.css", Asset.load("page.css", "text/css;charset=utf-8")),
          Map.entry("icon.svg", Asset.load("icon.svg", "image/svg+xml")));

  private static Map.Entry<String, Asset> script(String name) {
    return Map.entry(name, Asset.load(name, "text/javascript;charset=utf-8"));
  }

  /**
   * What the page has to know of its server.
   *
   * @param cellsUrl where it asks for cells; empty for its own origin
   * @param writes {@code open}, {@code token} or {@code closed}: what this browser needs to write
   * @param closedBecause why nothing can be written from here, and how that is changed
   * @param classes what a review can confirm
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record Config(String cellsUrl, String writes, String closedBecause, List<String> classes) {}

  private final TriageDoor door;
  private final WriteGate gate;

  FirstPage(TriageDoor door, WriteGate gate) {
    this.door = door;
    this.gate = gate;
  }

  @Get("/")
  HttpResponse<?> index(HttpRequest<?> request) {
    return serve(INDEX, request);
  }

  @Get("/page/{name}")
  HttpResponse<?> file(String name, HttpRequest<?> request) {
    Asset asset = FILES.get(name);
    return asset == null ? HttpResponse.notFound() : serve(asset, request);
  }

  /** Where the page finds the cells, and what it can offer this browser. */
  @Get(value = "/page/config.json", produces = MediaType.APPLICATION_JSON)
  Config config(HttpRequest<?> request) {
    return new Config(
        door.cellsUrl(),
        Labels.of(gate.entry(request)),
        gate.closedBecause(request),
        Labels.known(IncidentClass.class));
  }

  private static HttpResponse<?> serve(Asset asset, HttpRequest<?> request) {
    if (asset.tag.equals(request.getHeaders().get(HttpHeaders.IF_NONE_MATCH))) {
      return HttpResponse.notModified().header(HttpHeaders.ETAG, asset.tag);
    }
    return HttpResponse.ok(asset.bytes)
        .contentType(asset.type)
        .header(HttpHeaders.ETAG, asset.tag)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache");
  }
}
