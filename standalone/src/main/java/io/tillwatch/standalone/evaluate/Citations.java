package io.tillwatch.standalone.evaluate;

import io.tillwatch.schemas.incident.Evidence;
import io.tillwatch.schemas.incident.Hypothesis;
import io.tillwatch.schemas.incident.Incident;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Claims that nothing stands behind: a hypothesis that cites nothing, or what is not there, or
 * tells a number that none of what it cites has.
 */
final class Citations {

  /** A number by itself: 4.12.0 in the name of a version is none, nor is 3 in 3-D Secure. */
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.:-])\\d+(?:[.,:]\\d+)*(?![\\w-])");

  private Citations() {}

  /** How many of these hypotheses claim what they do not cite. */
  static int uncited(Incident incident, List<Hypothesis> shown) {
    Map<String, Evidence> known =
        incident.getEvidence().stream()
            .collect(Collectors.toMap(Evidence::getEvidenceId, piece -> piece));
    return (int) shown.stream().filter(each -> !isCited(each, known)).count();
  }

  private static boolean isCited(Hypothesis hypothesis, Map<String, Evidence> known) {
    List<String> ids =
        Stream.concat(
                hypothesis.getEvidenceFor().stream(), hypothesis.getEvidenceAgainst().stream())
            .toList();
    if (hypothesis.getEvidenceFor().isEmpty() || !known.keySet().containsAll(ids)) {
      return false;
    }
    Set<String> cited = new HashSet<>();
    for (String id : ids) {
      Evidence piece = known.get(id);
      if (piece != null) {
        cited.addAll(numbers(piece.getStatement()));
      }
    }
    return cited.containsAll(numbers(hypothesis.getStatement()));
  }

  private static Set<String> numbers(String text) {
    Set<String> numbers = new HashSet<>();
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find()) {
      numbers.add(matcher.group());
    }
    return numbers;
  }
}
