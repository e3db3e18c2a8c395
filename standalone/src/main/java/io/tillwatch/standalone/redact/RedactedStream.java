package io.tillwatch.standalone.redact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillwatch.standalone.site.WrongInput;
import io.tillwatch.triage.gateway.redact.Finding;
import io.tillwatch.triage.gateway.redact.Header;
import io.tillwatch.triage.gateway.redact.Redactor;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies text without what may not stay. Text is looked at in blocks with some lines before and
 * behind, because a card number may go over the end of a line; memory is bounded whatever comes.
 */
final class RedactedStream {

  /** Characters that are taken in before some are given out. */
  private static final int BLOCK = 1 << 16;

  /** Characters that wait for what comes behind them. */
  private static final int AHEAD = 1 << 12;

  /** Characters that are looked at again for what stands behind them. */
  private static final int BEHIND = 1 << 11;

  /** Longest line of JSON; a longer one is refused. */
  private static final int JSON_LINE_MAX = 1 << 23;

  private final ObjectMapper json = new ObjectMapper();
  private final Redactor redactor = new Redactor();
  private final Tally tally;
  private final boolean explain;
  private final char[] chunk = new char[1 << 14];
  private final StringBuilder text = new StringBuilder();
  private long line = 1;

  RedactedStream(Tally tally, boolean explain) {
    this.tally = tally;
    this.explain = explain;
  }

  void copy(Reader in, Writer out) throws IOException {
    boolean more = fill(in, BLOCK);
    int end = text.indexOf("\n");
    while (end < 0 && more && text.length() < JSON_LINE_MAX && text.charAt(0) == '{') {
      more = fill(in, text.length() + BLOCK);
      end = text.indexOf("\n");
    }
    String first = text.substring(0, end < 0 ? text.length() : end);
    if (entry(first) != null) {
      lines(in, out);
    } else {
      blocks(in, out, more);
    }
  }

  /** Reads until there is so much; whether there may be more. */
  private boolean fill(Reader in, int length) throws IOException {
    while (text.length() < length) {
      int read = in.read(chunk);
      if (read < 0) {
        return false;
      }
      text.append(chunk, 0, read);
    }
    return true;
  }

  private @Nullable ObjectNode entry(String line) {
    if (!line.startsWith("{")) {
      return null;
    }
    try {
      JsonNode node = json.readTree(line);
      return node.path("text").isTextual() && node.path("id").isValueNode()
          ? (ObjectNode) node
          : null;
    } catch (JsonProcessingException e) {
      // What is no JSON is text.
      return null;
    }
  }

  private void lines(Reader in, Writer out) throws IOException {
    boolean more = true;
    int from = 0;
    while (more || from < text.length()) {
      int end = text.indexOf("\n", from);
      while (end < 0 && more) {
        // What was given out goes when more is needed, not line by line.
        text.delete(0, from);
        from = 0;
        int length = text.length();
        if (length > JSON_LINE_MAX) {
          throw new WrongInput(
              "line %d: expected at most %d characters".formatted(line, JSON_LINE_MAX));
        }
        more = fill(in, length + 1);
        end = text.indexOf("\n", length);
      }
      int to = end < 0 ? text.length() : end;
      String one = text.substring(from, to);
      int next = end < 0 ? to : end + 1;
      tally.read(text.subSequence(from, next));
      from = next;
      if (!one.isBlank()) {
        entry(one, out);
      }
      if (end < 0 && !one.isEmpty()) {
        tally.unended();
      }
      line++;
    }
  }

  private void entry(String one, Writer out) throws IOException {
    ObjectNode entry = entry(one);
    if (entry == null) {
      throw new WrongInput(
          "line %d: expected a JSON object with a plain \"id\" and a \"text\"".formatted(line));
    }
    String content = entry.get("text").textValue();
    JsonNode id = entry.get("id");
    if (explain) {
      explain(out, id.asText(), "line %d, id, column %d");
      explain(out, content, "line %d, column %d");
      return;
    }
    ObjectNode clean = json.createObjectNode();
    String cleanId = clean(id.asText());
    // A number stays one unless it is somebody's card.
    clean.set("id", cleanId.equals(id.asText()) ? id : clean.textNode(cleanId));
    clean.put("text", clean(content));
    out.write(json.writeValueAsString(clean));
    out.write('\n');
  }

  private String clean(String content) {
    return redactor.redact(content, tally::count);
  }

  private void explain(Writer out, String value, String place) throws IOException {
    for (Finding finding : redactor.find(value)) {
      tally.count(finding);
      explain(out, finding, place.formatted(line, finding.from() + 1));
    }
  }

  private static void explain(Writer out, Finding finding, String place) throws IOException {
    out.write(
        "%s: %s %d characters: %s%n"
            .formatted(
                place,
                finding.type().label(),
                finding.to() - finding.from(),
                finding.reason().words()));
  }

  private void blocks(Reader in, Writer out, boolean atFirst) throws IOException {
    boolean more = atFirst;
    int given = 0;
    while (true) {
      String block = text.toString();
      List<Finding> findings = redactor.find(block);
      List<Header> tables = redactor.tables();
      int cut = more ? cut(block, given, findings) : block.length();
      give(block, given, cut, findings, out);
      if (!more) {
        return;
      }
      int kept = Math.max(0, cut - BEHIND);
      String columns = "";
      for (Header header : tables) {
        int row = rowStart(block, header, kept);
        if (cut <= header.end() && kept > header.from() && row >= 0 && row <= cut) {
          // The next rows mean nothing without their header.
          columns = block.substring(header.from(), header.to()) + "\n";
          kept = row;
          break;
        }
      }
      text.replace(0, kept, columns);
      given = columns.length() + cut - kept;
      more = fill(in, given + BLOCK);
    }
  }

  /** Where the row of a table begins that is kept from here on; -1 when that is too far away. */
  private static int rowStart(String block, Header header, int kept) {
    int at = Math.max(kept, header.to());
    int least = Math.max(header.to(), at - BEHIND);
    while (at > least && !isLineEnd(block.charAt(at - 1))) {
      at--;
    }
    while (at < block.length() && at <= header.to() + 1 && isLineEnd(block.charAt(at))) {
      at++;
    }
    boolean begins = at > 0 && isLineEnd(block.charAt(at - 1));
    return begins && header.to() - header.from() <= BEHIND ? at : -1;
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }

  /** Where to part the text: behind a line, outside of findings, and not too near to its end. */
  private static int cut(String block, int given, List<Finding> findings) {
    int latest = block.length() - AHEAD;
    int lineEnd = block.lastIndexOf('\n', latest);
    int cut = lineEnd >= given ? lineEnd + 1 : latest;
    for (int i = findings.size() - 1; i >= 0; i--) {
      Finding finding = findings.get(i);
      if (finding.from() < cut && finding.to() > cut) {
        cut = finding.from() > given ? finding.from() : finding.to();
      }
    }
    boolean pair = cut > given && Character.isHighSurrogate(block.charAt(cut - 1));
    return pair ? cut - 1 : cut;
  }

  private void give(String block, int from, int to, List<Finding> findings, Writer out)
      throws IOException {
    String piece = block.substring(from, to);
    List<Finding> inside = new ArrayList<>();
    for (Finding finding : findings) {
      int begin = Math.max(finding.from(), from);
      int end = Math.min(finding.to(), to);
      if (begin < end) {
        inside.add(new Finding(finding.type(), finding.reason(), begin - from, end - from));
      }
    }
    tally.read(piece);
    if (to == block.length() && !piece.isEmpty() && !piece.endsWith("\n")) {
      tally.unended();
    }
    inside.forEach(tally::count);
    if (explain) {
      explain(piece, inside, out);
    } else if (inside.isEmpty()) {
      out.write(piece);
    } else {
      out.write(redactor.redactAgain(Redactor.apply(piece, inside), tally::count));
    }
  }

  private void explain(String piece, List<Finding> findings, Writer out) throws IOException {
    int at = 0;
    int lineStart = 0;
    for (Finding finding : findings) {
      for (; at < finding.from(); at++) {
        if (piece.charAt(at) == '\n') {
          line++;
          lineStart = at + 1;
        }
      }
      long column = finding.from() - lineStart + 1L;
      explain(out, finding, "line %d, column %d".formatted(line, column));
    }
    for (; at < piece.length(); at++) {
      line += piece.charAt(at) == '\n' ? 1 : 0;
    }
  }
}
