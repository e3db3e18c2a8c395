package io.tillwatch.load.peers.flink;

import io.tillwatch.load.peers.Interned;
import io.tillwatch.load.peers.Share;
import io.tillwatch.load.peers.Slicer;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/** The fields of a share one after the other, small numbers in one byte. */
final class ShareSerializer extends HandWritten<Share> {

  static final TypeInformation<Share> TYPE =
      new HandWrittenType<>(Share.class, ShareSerializer::new);

  private static final long serialVersionUID = 1L;

  private final SliceSerializer slices = new SliceSerializer();
  private transient @Nullable Interned<String> currencies;
  private transient byte @Nullable [] scratch;

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public ShareSerializer duplicate() {
    return new ShareSerializer();
  }

  @Override
  public Share createInstance() {
    return new Share();
  }

  @Override
  public Share copy(Share from) {
    Share copy = new Share();
    copy.slice = from.slice;
    copy.outcome = from.outcome;
    copy.reason = from.reason;
    copy.attempt = from.attempt;
    copy.currency = from.currency;
    copy.amountMinor = from.amountMinor;
    copy.latencyMillis = from.latencyMillis;
    return copy;
  }

  @Override
  public void serialize(Share share, DataOutputView out) throws IOException {
    slices.serialize(share.slice, out);
    out.writeByte(share.outcome);
    out.writeByte(share.reason);
    out.writeInt(share.attempt);
    writeAscii(share.currency, out);
    out.writeLong(share.amountMinor);
    out.writeInt(share.latencyMillis);
  }

  @Override
  public Share deserialize(DataInputView in) throws IOException {
    Share share = new Share();
    share.slice = slices.deserialize(in);
    share.outcome = in.readByte();
    share.reason = in.readByte();
    share.attempt = in.readInt();
    share.currency = currency(in);
    share.amountMinor = in.readLong();
    share.latencyMillis = in.readInt();
    return share;
  }

  /** Flink's own {@code writeBytes} of a text appends a zero. */
  private static void writeAscii(String text, DataOutputView out) throws IOException {
    out.writeByte(text.length());
    for (int i = 0; i < text.length(); i++) {
      out.writeByte(text.charAt(i));
    }
  }

  private String currency(DataInputView in) throws IOException {
    Interned<String> known = currencies;
    byte[] buffer = scratch;
    if (known == null || buffer == null) {
      known = Slicer.currencies();
      buffer = new byte[Byte.MAX_VALUE];
      currencies = known;
      scratch = buffer;
    }
    int length = in.readByte();
    in.readFully(buffer, 0, length);
    return known.of(buffer, 0, length);
  }

  @Override
  public TypeSerializerSnapshot<Share> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Says in a checkpoint how it was written. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Share> {
    /** Made by Flink. */
    public Snapshot() {
      super(ShareSerializer::new);
    }
  }
}
