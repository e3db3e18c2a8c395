package io.tillwatch.triage.gateway.redact;

/**
 * The words that say what stands behind them, in the languages in which payment systems speak. A
 * word is known by a hash of its folded small letters.
 */
final class Vocabulary {

  static final int CARD = 1;
  static final int PAN = 1 << 1;
  static final int NUMBER = 1 << 2;
  static final int CVV = 1 << 3;
  static final int SECURITY = 1 << 4;
  static final int HOLDER = 1 << 5;
  static final int NAME = 1 << 6;
  static final int EXPIRY = 1 << 7;
  static final int DATE = 1 << 8;
  static final int PIN = 1 << 9;
  static final int SECRET = 1 << 10;
  static final int KEY = 1 << 11;
  static final int KEY_KIND = 1 << 12;
  static final int AUTHORIZATION = 1 << 13;
  static final int SCHEME = 1 << 14;
  static final int PHONE = 1 << 15;
  static final int IBAN = 1 << 16;
  static final int PART = 1 << 17;
  static final int FILLER = 1 << 18;
  static final int FIELD = 1 << 19;
  static final int OTHER_ID = 1 << 20;
  static final int PERSON = 1 << 21;
  static final int GIVEN = 1 << 22;
  static final int CODE = 1 << 23;
  static final int ON = 1 << 24;
  static final int RANGE = 1 << 25;
  static final int TRACK = 1 << 26;
  static final int PARTICLE = 1 << 27;
  static final int MIDDLE = 1 << 28;
  static final int TOKEN = 1 << 29;
  static final int SPELLED = 1 << 30;
  static final int ORDER = 1 << 31;

  private static final int SLOTS = 1 << 12;
  private static final long[] HASHES = new long[SLOTS];
  private static final int[] FLAGS = new int[SLOTS];

  static {
    put(CARD, "card cards cc creditcard debitcard bankcard karte kreditkarte tarjeta carte carta");
    put(CARD, "cartao kaart kort karta kortti kartu \u30AB\u30FC\u30C9 \uCE74\uB4DC");
    put(CARD, "\u0643\u0627\u0631\u062A \u0627\u0644\u0628\u0637\u0627\u0642\u0629 kartica");
    put(CARD, "\u043A\u0430\u0440\u0442\u0430 \u043A\u0430\u0440\u0442\u044B cb kk plastic");
    put(PAN, "pan pans fpan dpan cardnumber cardno cardnum cardnr cardpan ccnumber ccnum ccno");
    put(PAN, "creditcardnumber kartennummer kreditkartennummer kartennr kartnr cardnumbers");
    put(PAN, "\u30AB\u30FC\u30C9\u756A\u53F7 \u5361\u53F7 \u5361\u865F kaartnummer kortnummer");
    put(PAN, "\u4FE1\u7528\u5361\u53F7 \u4FE1\u7528\u5361 \uCE74\uB4DC\uBC88\uD638 accountpan");
    put(NUMBER, "number no num nr nummer numero nbr n numeros \u043D\u043E\u043C\u0435\u0440");
    put(NUMBER, "\u0631\u0642\u0645 \u756A\u53F7 value val raw plain full clear text digits");
    put(CVV, "cvv cvc cvn cid csc cav cvd cvvc icvv dcvv cryptogram cryptogramme securitycode");
    put(CVV, "pruefziffer prufziffer kartenprufnummer cardverificationvalue cvvcode cvccode");
    put(CVV, "cardsecuritycode \u5B89\u5168\u7801 \u30BB\u30AD\u30E5\u30EA\u30C6\u30A3\u30B3");
    put(CVV, "\u30BB\u30AD\u30E5\u30EA\u30C6\u30A3\u30B3\u30FC\u30C9 sicherheitscode cvvnumber");
    put(CVV, "cvvvalue cvcvalue cardcode cardcvv cardcvc verificationvalue prufnummer");
    put(CVV, "verificationcode codigodeseguridad");
    put(SECURITY, "security verification seguridad securite seguranca sicurezza");
    put(HOLDER, "cardholder cardholdername holder holdername karteninhaber kontoinhaber titular");
    put(HOLDER, "titulaire intestatario accountholder accountholdername nameoncard cardname");
    put(HOLDER, "cardowner kaarthouder inhaber shoppername customername payername billingname");
    put(HOLDER, "beneficiary beneficiaryname \u0432\u043B\u0430\u0434\u0435\u043B\u0435\u0446");
    put(HOLDER, "\u6301\u5361\u4EBA \u540D\u7FA9\u4EBA kortholder kortinnehavare dbtr cdtr");
    put(NAME, "name names nm fullname nombre nom");
    put(PERSON, "card billing holder customer shopper payer owner buyer cardholder details sender");
    put(PERSON, "recipient debtor creditor account consumer contact beneficiary user dbtr cdtr");
    put(PERSON, "source person client payee billto shipto shipping address delivery");
    put(GIVEN, "firstname lastname surname givenname familyname forename vorname nachname");
    put(EXPIRY, "exp expiry expiration expires expire expdate expirydate expirationdate valid");
    put(EXPIRY, "cardexpiry expmonth expyear expirymonth expiryyear expirationmonth vence");
    put(EXPIRY, "expirationyear ablaufdatum gueltig gultig vencimiento validade scadenza verval");
    put(EXPIRY, "validthru goodthru caducidad peremption ccexp cardexp mmyy expmm expyy");
    put(DATE, "month year mm yy yyyy date thru until bis to through end mon yr jahr monat mes");
    put(DATE, "good fin fecha ano monthyear");
    put(PIN, "pin pinblock pinnumber pincode cardpin atmpin epb encryptedpinblock");
    put(SECRET, "password passwd pwd passphrase secret clientsecret apisecret passwort kennwort");
    put(
        SECRET,
        "apikey hmackey secretkey privatekey accesskey signingkey accesstoken sessiontoken");
    put(SECRET, "refreshtoken authtoken idtoken encryptionkey sessionid cookie pass contrasena");
    put(SECRET, "credential credentials sharedsecret webhooksecret masterkey authkey xapikey");
    put(KEY, "key token keys");
    put(KEY_KIND, "api access secret private client hmac signing auth refresh session bearer id");
    put(KEY_KIND, "encryption master shared webhook service security csrf xsrf oauth jwt zmk tmk");
    put(AUTHORIZATION, "authorization authorisation");
    put(SCHEME, "bearer basic digest apikey negotiate");
    put(PHONE, "phone telephone tel mobile phonenumber telephonenumber mobilenumber msisdn fax");
    put(PHONE, "telefon telefono telefone handy handynummer cellphone cell whatsapp rufnummer");
    put(PHONE, "mobil movil shopperphone contactphone sms phoneno telno customerphone gsm");
    put(IBAN, "iban ibans");
    put(PART, "part parts half block blocks group groups segment chunk piece first second third");
    put(PART, "fourth last middle mid start end begin prefix suffix then and rest remaining left");
    put(PART, "right a b c d p g pt seg one two three four head tail pan card number cc num");
    put(MIDDLE, "middle mid");
    put(
        FILLER,
        "is was my the equals are his her your ist war meine es est de del la le las el of");
    put(FILLER, "mi su entered typed given as in clear sent here der die das lautet fur for");
    put(FILLER, "a an it s ma votre dell di da do ending number code value");
    put(CODE, "code codes kod codigo \u043A\u043E\u0434 cod data block");
    put(FIELD, "de f df field bit dataelement p fld iso s");
    put(
        OTHER_ID,
        "rrn arn stan mid tid ts time timestamp offset trace span order ref reference id");
    put(OTHER_ID, "uuid seq sequence txn transaction tx merchant terminal epoch lag count amount");
    put(OTHER_ID, "minor request correlation batch index size bytes hash etag duration ms us ns");
    put(OTHER_ID, "nanos millis micros auth approval invoice tracking phone msisdn ean gtin imei");
    put(OTHER_ID, "retrieval settlement account payment checksum pid port version date");
    put(OTHER_ID, "authentication indicator present presence agreement method status initiated");
    put(OTHER_ID, "dispute type result response verified verification");
    put(ORDER, "first last middle second given family maiden");
    put(ON, "on auf sur en sulla");
    put(RANGE, "range ranges bin bins iin iins binrange prefix");
    put(TRACK, "track trackdata tracks magstripe magnetstreifen swipe");
    put(PARTICLE, "van der den de da di del la le von zu bin ibn al el dos du y e ter ten mac o");
    put(TOKEN, "token");
    Spelled.hashes().forEach(hash -> put(SPELLED, hash));
  }

  private Vocabulary() {}

  /** What a word with this hash says, as flags; 0 for any other. */
  static int flags(long hash) {
    int slot = slot(hash);
    while (HASHES[slot] != 0) {
      if (HASHES[slot] == hash) {
        return FLAGS[slot];
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    return 0;
  }

  private static int slot(long hash) {
    return (int) (hash ^ hash >>> 29 ^ hash >>> 47) & (SLOTS - 1);
  }

  private static void put(int flag, String words) {
    for (String word : words.split(" ")) {
      put(flag, WordHash.of(word));
    }
  }

  private static void put(int flag, long hash) {
    int slot = slot(hash);
    while (HASHES[slot] != 0 && HASHES[slot] != hash) {
      slot = (slot + 1) & (SLOTS - 1);
    }
    HASHES[slot] = hash;
    FLAGS[slot] |= flag;
  }
}
