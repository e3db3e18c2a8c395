package io.tillwatch.triage.gateway.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: the policy, case by case, and what holds of any text. */
class RedactorTest {

  private static final String[] SHARDS = {
    "4111",
    "1111",
    "4111111111111111",
    "378282246310005",
    " ",
    "-",
    "\n",
    "[PAN]",
    "[CVV]",
    "[",
    "]",
    "card",
    "pan=",
    "cvv",
    ":",
    "\"",
    "{",
    "}",
    ",",
    "%34",
    "%",
    "=34",
    "&#52;",
    "\\u0034",
    "\uD835\uDFD2",
    "\uD835",
    "\u0664",
    "\u200B",
    "four ",
    "one ",
    "NDExMTExMTExMTExMTExMQ==",
    "=",
    "?",
    ";",
    "^",
    "B",
    "D",
    "29",
    "12",
    "12/29",
    "|",
    "123",
    "Jane Doe",
    "name",
    "exp",
    "pin",
    "DE2=",
    "DE89370400440532013000",
    "a@example.com",
    "+4420794",
    "bearer ",
    "key",
    "x1y2z3a4b5",
    "*",
    "**",
    "XX",
    "<b>",
    "O",
    "3431313131313131",
    "0.",
    "_",
    "/",
    "+",
    "year",
    "-----BEGIN",
    "a=",
    " b=",
    "\":\"",
    "part 1: ",
    " and ",
    "first four ",
    "CHR(",
    "||",
    "\u202E",
    "#011",
    "..",
    "?",
    "[052] ",
    "16",
    "Some(\"",
    "U+0034 ",
    "5A 08 ",
    "57 13 ",
    "card,cvv,name on card\n",
    "Cookie: a=b; ",
    "\u0001",
    "\u5361\u53F7"
  };

  private final Redactor redactor = new Redactor();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          order 5004843233150880;        order 5004843233150880
          order 4111111111111111;        order [PAN]
          card_number=5004843233150880;  card_number=[PAN]
          rrn=676770000008;              rrn=676770000008
          pan=676770000008;              pan=[PAN]
          4111111111111111=29122010001;  [TRACK2]
          6+4 411111******1111;          6+4 411111******1111
          8+4 41111111****1111;          8+4 41111111****1111
          9+4 411111111***1111;          9+4 [PAN]
          amex 37828224***0005;          amex [PAN]
          one 41111111111*1111;          one [PAN]
          6+4 411111*1111;               6+4 411111*1111
          cvv_result=123 cvv: 123;       cvv_result=123 cvv: [CVV]
          0.4111111111111111;            0.4111111111111111
          """)
  void policy(String text, String clean) {
    assertThat(redactor.redact(text)).isEqualTo(clean);
  }

  @ParameterizedTest
  @EnumSource(SensitiveType.class)
  void labelsAreNeverFoundAgain(SensitiveType type) {
    for (String before : new String[] {"", "card ", "cvv=", "password: ", "name=\"", "Bearer "}) {
      assertThat(redactor.find(before + type.label() + "\" x")).isEmpty();
    }
  }

  @Test
  void redactingTwiceChangesNothing() {
    for (int seed = 0; seed < 4_000; seed++) {
      String text = text(seed);
      String once = redactor.redact(text);
      assertThat(redactor.redact(once)).as("seed %d: %s", seed, text).isEqualTo(once);
    }
  }

  @Test
  void findingsAreInOrderApartAndSplitNoPair() {
    for (int seed = 0; seed < 4_000; seed++) {
      String text = text(seed);
      int behind = 0;
      for (Finding finding : redactor.find(text)) {
        assertThat(finding.from()).as("seed %d", seed).isGreaterThanOrEqualTo(behind);
        assertThat(finding.to()).as("seed %d", seed).isGreaterThan(finding.from());
        assertThat(splitsPair(text, finding.from())).as("seed %d", seed).isFalse();
        assertThat(splitsPair(text, finding.to())).as("seed %d", seed).isFalse();
        behind = finding.to();
      }
      assertThat(behind).isLessThanOrEqualTo(text.length());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trace=3add40d3921f5a8f2964c95cc3020430\n2026-11-30T02:08:53.110Z DEBUG [main] sent",
        "sha256=5e49760cc5612dc1587f48333b0831d8579770e56bc31cbf068ef5285d8f330e lag 6416 ms",
        "sha256=2c31ce58f96848de539128c181dbbc604281600956a5dd462a35f48deba91995",
        "GET /api/v1/payments/41810604-7291-4525-8ac4-e1dea189cf31 200",
        "{\"id\": \"557913d0-ff03-4f44-9169-3572cb090292\", \"psp\": \"northpay\"}",
        "{\"id\": \"be94a5c5-180e-4291-98ba-66bebb64b02f\"}",
        "card ending 4111\n2026-11-30 02:08:53 next",
      })
  void whatLogsAreFullOfStays(String text) {
    assertThat(redactor.redact(text)).isEqualTo(text);
  }

  /** Words of payments and brackets that mean something else here. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[014]<",
        "card number: 41111111****1111",
        "card number 41111111**1111",
        "card subscriber 123456789012 lagging",
        "chargeCard(id=1, orderNumber=202611301234)",
        "validateCard(traceNumber=123456789012)",
        "User(id=5, name=Order Service)",
        "pin(board=2, value=1024)",
        "cvv [line 12] 404",
        "PIN [retries 3] 2026",
        "<field name=\"cvv\" error=\"bad\" code=\"404\"/>",
        "\uC138\uC158 \uB9CC\uB8CC: 30\uCD08",
        "porteur: bearer token",
        "unit pay-recon@eu.service exited"
      })
  void whatOnlySoundsLikeCardDataStays(String text) {
    assertThat(redactor.redact(text)).isEqualTo(text);
  }

  /** What is packed tells of itself; what only begins like that is read as it is. */
  @ParameterizedTest
  @CsvSource({
    "eNorSMxTMDFEBQA0GwRz, [PAN]",
    "H4sIAAAAAAAC/ytIzFMwMUQFADesxSYUAAAA, [PAN]",
    "eCA0MTExMTExMTExMTExMTEx, [PAN]",
    "eF4yIHBhbiA0MTExMTExMTExMTExMTEx, [PAN]"
  })
  void packedTextIsUnpacked(String text, String clean) {
    assertThat(redactor.redact(text)).isEqualTo(clean);
  }

  @Test
  void moreThanIsUnpackedIsTakenOut() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(packed)) {
      out.write("a".repeat(200_000).getBytes(StandardCharsets.US_ASCII));
    }
    String text = "dump " + Base64.getEncoder().encodeToString(packed.toByteArray());
    assertThat(redactor.redact(text)).isEqualTo("dump [ENCODED]");
  }

  @Test
  void whatFollowsPackedTextIsTakenOutWithIt() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(packed)) {
      out.write("nothing to see".getBytes(StandardCharsets.US_ASCII));
    }
    packed.write("pan 4111111111111111 is not packed".getBytes(StandardCharsets.US_ASCII));
    String text = "dump " + Base64.getEncoder().encodeToString(packed.toByteArray());
    assertThat(redactor.redact(text)).isEqualTo("dump [ENCODED]");
  }

  @Test
  void aPairBesideACardStaysWhole() {
    assertThat(redactor.redact("\uD83D\uDE004111111111111111\uD83D\uDE00"))
        .isEqualTo("\uD83D\uDE00[PAN]\uD83D\uDE00");
  }

  @Test
  void linesStayLines() {
    assertThat(redactor.redact("card no:\n4111\n1111\n1111\n1111\nend"))
        .isEqualTo("card no:\n[PAN]\n\n\n\nend");
  }

  @Test
  void aFindingSaysWhy() {
    assertThat(redactor.find("x 4111 1111 1111 1111"))
        .containsExactly(new Finding(SensitiveType.PAN, RedactionReason.PRINTED_GROUPS, 2, 21));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          {"pan":4111111111111111,"a":1};     {"pan":"[PAN]","a":1}
          {"cvv": 123};                       {"cvv": "[CVV]"}
          {"n":[7, 4111111111111111]};        {"n":[7, "[PAN]"]}
          {"n":[4111,1111,1111,1111]};        {"n":["[PAN]"]}
          {"b":"{\\"pan\\":4111111111111111}"}; {"b":"{\\"pan\\":\\"[PAN]\\"}"}
          {"pan":"4111111111111111"};         {"pan":"[PAN]"}
          {a:4111111111111111};               {a:[PAN]}
          7,4111111111111111,8;               7,[PAN],8
          {"n":4.111111111111111e15};         {"n":"[PAN]"}
          """)
  void jsonStaysJson(String text, String clean) {
    assertThat(redactor.redact(text)).isEqualTo(clean);
    assertThat(redactor.redact(clean)).isEqualTo(clean);
  }

  @Test
  void theBinOfACardInPartsStays() {
    assertThat(redactor.redact("bin=411111 rest=1111111111")).isEqualTo("bin=411111 rest=[PAN]");
  }

  @Test
  void whatIsShownFromItsEndIsReadFromThere() {
    String pan = "4111111111111111";
    String turned = new StringBuilder(pan).reverse().toString();
    assertThat(redactor.redact("\u202E" + turned + "\u202C x")).isEqualTo("\u202E[PAN]\u202C x");
    assertThat(redactor.redact("order " + turned)).isEqualTo("order " + turned);
  }

  @Test
  void aColumnHoldsWhatItsHeaderSays() {
    String lines = "card,cvv,name on card,expiry,rc\n%s,%s,%s,%s,05\n\"%s\",%s,%s,%s,14\n737,1\n";
    assertThat(
            redactor.redact(
                lines.formatted(
                    "4111111111111112",
                    "773",
                    "Jane Doe",
                    "1229",
                    "5555 5555 5555 4445",
                    "1234",
                    "Joe Bloggs",
                    "01/30")))
        .isEqualTo(
            lines.formatted(
                "[PAN]", "[CVV]", "[NAME]", "[EXPIRY]", "[PAN]", "[CVV]", "[NAME]", "[EXPIRY]"));
    assertThat(redactor.redact("| psp | pin |\n|---|---|\n| adyen | 1234 |\n| 12 | 411001 |"))
        .isEqualTo("| psp | pin |\n|---|---|\n| adyen | [PIN] |\n| 12 | 411001 |");
    String results = "psp;cvv_result;cvv match\nadyen;123;1";
    assertThat(redactor.redact(results)).isEqualTo(results);
  }

  @Test
  void tablesNeedNoSignsBetweenTheirColumns() {
    assertThat(
            redactor.redact(
                "ORDER     CID   RESULT\n--------- ----- --------\nAX-00918  7732  APPROVED\n"))
        .isEqualTo("ORDER     CID   RESULT\n--------- ----- --------\nAX-00918  [CVV]  APPROVED\n");
    assertThat(
            redactor.redact(
                "<table><tr><th>Order</th><th>CID</th></tr><tr><td>AX-5510</td><td>7732</td></tr>"))
        .contains("AX-5510")
        .contains("<td>[CVV]</td>");
    assertThat(redactor.redact("| Order | Cardholder name |\n|---|---|\n| 7 | Ingrid Solheim |"))
        .isEqualTo("| Order | Cardholder name |\n|---|---|\n| 7 | [NAME] |");
  }

  @Test
  void aTableGoesOnBehindALineThatDoesNotFit() {
    assertThat(
            redactor.redact(
                "psp,cvv,note\r\nadyen,773,ok\r\nadyen,774,declined, again\r\nadyen,775,ok"))
        .isEqualTo("psp,cvv,note\r\nadyen,[CVV],ok\r\nadyen,774,declined, again\r\nadyen,[CVV],ok");
    String names = "card_brand_name;cardholder_country;cvv\nVisa Debit;United Kingdom;773;\n";
    assertThat(redactor.redact(names)).isEqualTo(names.replace("773", "[CVV]"));
    assertThat(redactor.redact("order;card verification value;expiry date\n7;773;12/29"))
        .isEqualTo("order;card verification value;expiry date\n7;[CVV];[EXPIRY]");
    String rows = "<tr><td>Please enter CVV</td></tr><tr><td>773</td></tr>";
    assertThat(redactor.redact(rows)).doesNotContain("773");
  }

  @Test
  void aLongTableIsWholeAfterOnePass() {
    String rows = "order,cvv,amount\n" + "A1,,10\n".repeat(200);
    String clean =
        redactor.redact(rows + "A2,,10 card 4111,1111,1111,1111\nA3,773,10\nA4,774,11\n");
    assertThat(clean).contains("A3,[CVV],10", "A4,[CVV],11").doesNotContain("1111");
    assertThat(redactor.redact(clean)).isEqualTo(clean);
  }

  @Test
  void whatIsTornApartInAnotherWayIsFoundAllTheSame() {
    assertThat(redactor.redact("read 4111 1111 1111, and then 1111")).doesNotContain("1111");
    assertThat(redactor.redact("{\"first\":\"4111 1111 1111\",\"last4\":\"1111\"}"))
        .doesNotContain("4111");
    assertThat(redactor.redact("card number: 675964-9826 4384 5318 05 adyen"))
        .doesNotContain("9826");
    assertThat(redactor.redact("4111111111111111^JANE DOE^DEC2029^123")).doesNotContain("DOE");
  }

  @Test
  void anAnswerMayStandOnTheNextLine() {
    String others = "missing cvv?\n\n200 orders\ncvv?\n404 Not Found";
    assertThat(redactor.redact(others)).isEqualTo(others);
    assertThat(redactor.redact("agent: and the CVV?\ncustomer: 773\nagent: thanks, HT-551"))
        .isEqualTo("agent: and the CVV?\ncustomer: [CVV]\nagent: thanks, HT-551");
  }

  @Test
  void ofWhatAChipSaysOnlyItsCardDataGoes() {
    assertThat(redactor.redact("5A 08 41 11 11 11 11 11 11 11 5F 34 01 01 95 05 80 80 04 80 00"))
        .isEqualTo("5A 08 [PAN] 5F 34 01 01 95 05 80 80 04 80 00");
    assertThat(
            redactor.redact(
                "9A 03 26 11 30 57 11 41 11 11 11 11 11 11 11 D2 91 22 01 00 00 12 34 5F 5F 24 03"
                    + " 29 12 31 9F 02"))
        .isEqualTo("9A 03 26 11 30 57 11 [TRACK2] 5F 24 03 [EXPIRY] 9F 02");
    assertThat(redactor.redact("9F360254695711" + "4111111111111111D29122010000012345F9F1A020840"))
        .isEqualTo("9F360254695711[TRACK2]9F1A020840");
    assertThat(redactor.redact("0x5A 0x08 0x41 0x11 0x11 0x11 0x11 0x11 0x11 0x11 0x9F"))
        .isEqualTo("0x5A 0x08 0x[PAN] 0x9F");
    assertThat(
            redactor.redact(
                "5A 08 41 11 11 11 11 11 11 11 5F20 08 4A 41 4E 45 20 44 4F 45 99 08 1A 2B 3C 4D 5E"
                    + " 6F 70 81 9F6B 0B 41 11 11 11 11 11 11 11 D2 91 22 9F 36 02 01 A7"))
        .isEqualTo("5A 08 [PAN] 5F20 08 [NAME] 99 08 [PIN] 9F6B 0B [TRACK2] 9F 36 02 01 A7");
    assertThat(redactor.redact("ISO8583F52=1A2B3C4D5E6F7081")).isEqualTo("ISO8583F52=[PIN]");
    assertThat(redactor.redact("tag 9F02 000000002500")).isEqualTo("tag 9F02 000000002500");
  }

  @Test
  void cookiesThatMayBeCredentialsGoAndSettingsStay() {
    assertThat(redactor.redact("Cookie: lang=nb-NO; sid=8f2c0a1b9d3e; theme=dark"))
        .isEqualTo("Cookie: lang=nb-NO; sid=[SECRET]; theme=dark");
    assertThat(redactor.redact("Cookie: prefs=a,b; session=Tr0ub4d; tz=Europe/Oslo"))
        .isEqualTo("Cookie: prefs=a,b; session=[SECRET]; tz=Europe/Oslo");
    assertThat(redactor.redact("Cookie: ref=; sid=8f2c0a1b9d3e; lang=nb-NO"))
        .isEqualTo("Cookie: ref=; sid=[SECRET]; lang=nb-NO");
    assertThat(redactor.redact("--cookie=\"lang=en; sid=8f2c0a1b9d3e\""))
        .isEqualTo("--cookie=\"lang=en; sid=[SECRET]\"");
    assertThat(redactor.redact("{\"cookie\":\"QWxhZGRpbjpvcGVuc2VzYW1l=\"}"))
        .doesNotContain("QWxh");
    assertThat(redactor.redact("Set-Cookie: SESSION=q8f2c0a1b9d3e; Path=/v2/payment-pages/open"))
        .isEqualTo("Set-Cookie: SESSION=[SECRET]; Path=/v2/payment-pages/open");
  }

  @Test
  void fieldsArePartedByTheSignsThatMessagesHaveForIt() {
    assertThat(redactor.redact("35=AE\u00015001=4111111111111111\u000158=rejected"))
        .isEqualTo("35=AE\u00015001=[PAN]\u000158=rejected");
    assertThat(redactor.redact("41111111\u000111111111 x")).isEqualTo("[PAN] x");
  }

  @Test
  void aNumberBeforeGroupsTakesNoPartOfThem() {
    // The number and the first two groups pass Luhn and are as long as some cards.
    assertThat(redactor.redact("card 40278 | 4111 1189 7531 1943 | lost"))
        .isEqualTo("card 40278 | [PAN] | lost");
    assertThat(redactor.redact("49,90 EUR par carte 4111 1003 7531 0006 refusé"))
        .isEqualTo("49,90 EUR par carte [PAN] refusé");
    // So do the groups and the amount behind them.
    assertThat(redactor.redact("{\"carte\":\"4111 1189 7531 0689\",\"montant\":\"149,90\"}"))
        .isEqualTo("{\"carte\":\"[PAN]\",\"montant\":\"149,90\"}");
  }

  @Test
  void whatRanksFirstGivesTheLabel() {
    assertThat(redactor.redact("password=4111111111111111")).isEqualTo("password=[PAN]");
  }

  private static boolean splitsPair(String text, int index) {
    return index > 0
        && index < text.length()
        && Character.isSurrogatePair(text.charAt(index - 1), text.charAt(index));
  }

  private static String text(int seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    int shards = random.nextInt(1, 24);
    for (int i = 0; i < shards; i++) {
      text.append(SHARDS[random.nextInt(SHARDS.length)]);
    }
    return text.toString();
  }
}
