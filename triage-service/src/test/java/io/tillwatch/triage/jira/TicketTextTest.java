package io.tillwatch.triage.jira;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillwatch.schemas.incident.ActionTarget;
import io.tillwatch.schemas.incident.ActionVerb;
import io.tillwatch.triage.Samples;
import io.tillwatch.triage.jira.TicketText.Bullets;
import io.tillwatch.triage.jira.TicketText.Heading;
import io.tillwatch.triage.jira.TicketText.Paragraph;
import io.tillwatch.triage.jira.TicketText.Run;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TicketTextTest {

  private static final TicketText TEXT =
      new TicketText(
          List.of(
              new Heading("What may be the cause"),
              new Paragraph(List.of(Run.strong("83 % "), Run.plain("northpay fails"))),
              new Bullets(
                  List.of(
                      List.of(Run.link("grafana", "https://g.example/d?a=[1]|2")),
                      List.of(Run.link("odd", "javascript:alert(1)"))))));

  @Test
  void anAtlassianDocumentHoldsTextAsValues() {
    assertThat(Adf.of(TEXT).toPrettyString())
        .isEqualToNormalizingWhitespace(
            """
            {
              "type" : "doc", "version" : 1,
              "content" : [ {
                "type" : "heading", "attrs" : { "level" : 3 },
                "content" : [ { "type" : "text", "text" : "What may be the cause" } ]
              }, {
                "type" : "paragraph",
                "content" : [ {
                  "type" : "text", "text" : "83 % ", "marks" : [ { "type" : "strong" } ]
                }, { "type" : "text", "text" : "northpay fails" } ]
              }, {
                "type" : "bulletList",
                "content" : [ {
                  "type" : "listItem",
                  "content" : [ {
                    "type" : "paragraph",
                    "content" : [ {
                      "type" : "text", "text" : "grafana",
                      "marks" : [ {
                        "type" : "link", "attrs" : { "href" : "https://g.example/d?a=[1]|2" }
                      } ]
                    } ]
                  } ]
                }, {
                  "type" : "listItem",
                  "content" : [ {
                    "type" : "paragraph",
                    "content" : [ { "type" : "text", "text" : "odd" } ]
                  } ]
                } ]
              } ]
            }
            """);
  }

  @Test
  void wikiMarkupShowsTextAsItIs() {
    assertThat(WikiMarkup.of(TEXT))
        .isEqualTo(
            """
            h3. What may be the cause

            *83 % *northpay fails

            * [grafana|https://g.example/d?a=%5B1%5D%7C2]
            * odd\
            """);
    assertThat(
            WikiMarkup.of(
                new TicketText(
                    List.of(
                        new Paragraph(
                            List.of(Run.plain("{html}<b> [~admin] !http://x/y.png! h1. *x*")))))))
        .isEqualTo("\\{html\\}<b> \\[\\~admin\\] \\!http&#58;//x/y.png\\! h1. \\*x\\*");
  }

  @Test
  void wikiMarkupMakesNoLinkAndNoLineOfWhatIsNone() {
    TicketText text =
        new TicketText(
            List.of(
                new Paragraph(
                    List.of(Run.plain("a\\\\b https://evil.example mailto:ada@x at 10:30")))));
    assertThat(WikiMarkup.of(text))
        .isEqualTo("a&#92;&#92;b https&#58;//evil.example mailto&#58;ada\\@x at 10:30");
  }

  @Test
  void aNewIssueTellsWhereHowBadWhyAndWhereToLook() {
    TicketText text =
        TicketStory.description(
            Samples.action("INC-3F9A12C4", ActionTarget.TICKET, ActionVerb.CREATE)
                .setDetails(
                    Map.of(
                        "where", "northpay · eu-west",
                        "started", "2026-11-18T03:02:00Z",
                        "check", "Ask northpay",
                        "next", "Route away",
                        "unheard", "of"))
                .build(),
            Optional.of(Samples.incident("INC-3F9A12C4").build()),
            true);
    assertThat(WikiMarkup.of(text))
        .isEqualTo(
            """
            *northpay eu\\-west: approvals down*

            * *Where: *northpay · eu\\-west
            * *Since: *2026\\-11\\-18T03:02:00Z

            h3. What may be the cause

            * *83 % *northpay fails in one region (E1)

            *To check: *Ask northpay

            *To do first: *Route away

            h3. What was seen

            * *E1 *200 of 800 approved, 740 expected

            h3. Where to look

            * [tillwatch|http://localhost/?incident=INC-3F9A12C4]

            Tillwatch · INC\\-3F9A12C4/TICKET/CREATE\
            """);
  }

  @Test
  void whatIsTooLongIsCutAndSaysSo() {
    List<TicketText.Block> many =
        IntStream.range(0, 500)
            .<TicketText.Block>mapToObj(i -> new Paragraph(List.of(Run.plain("!".repeat(700) + i))))
            .toList();
    String wiki = WikiMarkup.of(new TicketText(many));
    assertThat(wiki).hasSizeLessThan(32_767).endsWith("More of this is on Tillwatch's page.");
  }

  @Test
  void noControlCharacterIsLeft() {
    assertThat(Run.plain("a\u001b[2J\r\nb\u2028c").text()).isEqualTo("a [2J b c");
  }
}
