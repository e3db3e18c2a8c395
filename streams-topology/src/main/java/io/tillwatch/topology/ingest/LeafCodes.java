package io.tillwatch.topology.ingest;

import io.tillwatch.schemas.event.PaymentStep;
import io.tillwatch.schemas.frame.FieldView;
import io.tillwatch.schemas.slice.Dimension;
import io.tillwatch.schemas.slice.Slice;
import io.tillwatch.topology.bin.BinLookup;
import io.tillwatch.topology.cell.Dictionary;
import io.tillwatch.topology.cell.SliceIndex;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where an event counts, its leaf and its currency, in numbers of an index. Used by one task. */
final class LeafCodes {

  /** Values of a dimension remembered, at most some 200 bytes each. */
  private static final int VALUES_MAX = 65_536;

  /** Values that one event may add to a dimension: its own, its BIN's, and none. */
  private static final int ADDED_MAX = 3;

  private static final int DIMENSIONS = Dimension.ALL.size();
  private static final int BIN_RANGE = Dimension.BIN_RANGE.ordinal();
  private static final int SCHEME = Dimension.SCHEME.ordinal();
  private static final int ISSUER_COUNTRY = Dimension.ISSUER_COUNTRY.ordinal();
  private static final int THREE_DS = Dimension.THREE_DS.ordinal();
  private static final int NEVER = -1;

  private final SliceIndex index;
  private final BinCodes bins;
  private final NamedValue[] named;
  private final AllowedValues currencies;
  private final int[] none = new int[DIMENSIONS];
  private int yes;
  private int no;
  private int epoch = NEVER;

  /** A dimension whose value an event names itself. */
  private record NamedValue(int dimension, int slot, AllowedValues values) {}

  LeafCodes(SliceIndex index, EventRules rules, BinLookup lookup) {
    this.index = index;
    this.bins = new BinCodes(lookup, index);
    this.named =
        new NamedValue[] {
          named(Dimension.PSP, EventFields.PSP, rules),
          named(Dimension.REGION, EventFields.REGION, rules),
          named(Dimension.METHOD, EventFields.METHOD, rules),
          named(Dimension.SCHEME, EventFields.SCHEME, rules),
          named(Dimension.ISSUER_COUNTRY, EventFields.ISSUER_COUNTRY, rules),
          named(Dimension.MERCHANT_ACCOUNT, EventFields.MERCHANT_ACCOUNT, rules),
          named(Dimension.CONNECTOR_VERSION, EventFields.CONNECTOR_VERSION, rules)
        };
    this.currencies = new AllowedValues(index.currencies(), VALUES_MAX, rules::allowsCurrency);
  }

  private NamedValue named(Dimension dimension, int slot, EventRules rules) {
    AllowedValues values =
        new AllowedValues(
            index.values(dimension), VALUES_MAX, value -> rules.allows(dimension, value));
    return new NamedValue(dimension.ordinal(), slot, values);
  }

  /** Whether the index takes another event, whatever its values. */
  boolean hasRoom() {
    for (Dimension dimension : Dimension.ALL) {
      int valuesMax = Math.min(SliceIndex.valuesMax(dimension), VALUES_MAX);
      if (index.values(dimension).size() + ADDED_MAX > valuesMax) {
        return false;
      }
    }
    return index.currencies().hasRoom();
  }

  /** Numbers what these fields say; false when some of it is not allowed, or there is no room. */
  boolean read(FieldView fields, EventView into) {
    startAfreshOnceCleared();
    int[] codes = into.codes;
    if (fields.isNull(EventFields.BIN)) {
      withoutBin(codes);
    } else if (!withBin(
        fields.bytes(EventFields.BIN),
        fields.from(EventFields.BIN),
        fields.length(EventFields.BIN),
        codes)) {
      return false;
    }
    codes[THREE_DS] = none[THREE_DS];
    if (!fields.isNull(EventFields.THREE_DS)) {
      codes[THREE_DS] = fields.number(EventFields.THREE_DS) == 0 ? no : yes;
    }
    into.currency = currencies.code(fields, EventFields.CURRENCY);
    boolean allowed = into.currency != AllowedValues.NOT_ALLOWED;
    for (NamedValue value : named) {
      if (!fields.isNull(value.slot)) {
        int code = value.values.code(fields, value.slot);
        codes[value.dimension] = code;
        allowed &= code != AllowedValues.NOT_ALLOWED;
      }
    }
    return allowed;
  }

  /** Numbers the values of a valid step; there has to be room. */
  void put(PaymentStep step, EventView into) {
    startAfreshOnceCleared();
    int[] codes = into.codes;
    String bin = step.getBin();
    if (bin == null) {
      withoutBin(codes);
    } else {
      byte[] ascii = bin.getBytes(StandardCharsets.US_ASCII);
      withBin(ascii, 0, ascii.length, codes);
    }
    put(Dimension.PSP, step.getPsp(), codes);
    put(Dimension.REGION, step.getRegion(), codes);
    put(Dimension.METHOD, step.getMethod(), codes);
    put(Dimension.SCHEME, step.getScheme(), codes);
    put(Dimension.ISSUER_COUNTRY, step.getIssuerCountry(), codes);
    put(Dimension.MERCHANT_ACCOUNT, step.getMerchantAccount(), codes);
    put(Dimension.CONNECTOR_VERSION, step.getConnectorVersion(), codes);
    Boolean threeDs = step.getThreeDs();
    codes[THREE_DS] = threeDs == null ? none[THREE_DS] : threeDs ? yes : no;
    into.currency = index.currencies().codeOf(step.getCurrency());
  }

  private void put(Dimension dimension, @Nullable String value, int[] codes) {
    if (value != null) {
      codes[dimension.ordinal()] = index.values(dimension).codeOf(EventRules.kept(value));
    }
  }

  /** Nothing is known but what the event will name itself. */
  private void withoutBin(int[] codes) {
    System.arraycopy(none, 0, codes, 0, DIMENSIONS);
  }

  /** What the BIN tells stands until the event names something else. */
  private boolean withBin(byte[] bytes, int from, int length, int[] codes) {
    int place = bins.place(bytes, from, length);
    if (place < 0) {
      return false;
    }
    System.arraycopy(none, 0, codes, 0, DIMENSIONS);
    codes[BIN_RANGE] = bins.range(place);
    codes[SCHEME] = bins.scheme(place, none[SCHEME]);
    codes[ISSUER_COUNTRY] = bins.country(place, none[ISSUER_COUNTRY]);
    return true;
  }

  private void startAfreshOnceCleared() {
    if (epoch == index.epoch()) {
      return;
    }
    epoch = index.epoch();
    bins.forget();
    currencies.forget();
    for (NamedValue value : named) {
      value.values.forget();
    }
    for (Dimension dimension : Dimension.ALL) {
      none[dimension.ordinal()] = index.values(dimension).codeOf(Slice.NONE);
    }
    Dictionary threeDs = index.values(Dimension.THREE_DS);
    yes = threeDs.codeOf("yes");
    no = threeDs.codeOf("no");
  }
}
