package io.tillwatch.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Bounds the native memory of all stores of a process together: blocks, indexes, filters and write
 * buffers share one cache. Made by Kafka Streams, once per store; what is shared is static because
 * there is no other way to hand it over.
 */
public final class StoreMemory implements RocksDBConfigSetter {

  /** Blocks, indexes, filters and write buffers of all stores together. */
  static final long CACHE_BYTES = 160L * 1024 * 1024;

  /** Part of it that write buffers may take before the largest is flushed. */
  static final long WRITE_BUFFERS_BYTES = 96L * 1024 * 1024;

  private static final long WRITE_BUFFER_BYTES = 16L * 1024 * 1024;

  /**
   * Files of a store before any are merged. Nearly all keys are written once and forgotten with
   * their segment: merging early is work for nothing, and a read skips files by their filters.
   */
  private static final int FILES_UNMERGED_MAX = 10;

  /** Four of the default size: questions read hundreds of neighbours, each of a kilobyte or two. */
  private static final long BLOCK_BYTES = 16L * 1024;

  /** Most segments never see as many records as a buffer of the default size holds. */
  private static final int WRITE_BUFFERS_PER_STORE = 3;

  static {
    RocksDB.loadLibrary();
  }

  private static final Cache CACHE = new LRUCache(CACHE_BYTES);
  private static final WriteBufferManager BUFFERS =
      new WriteBufferManager(WRITE_BUFFERS_BYTES, CACHE);

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(CACHE);
    table.setBlockSize(BLOCK_BYTES);
    table.setCacheIndexAndFilterBlocks(true);
    table.setCacheIndexAndFilterBlocksWithHighPriority(true);
    options.setTableFormatConfig(table);
    options.setWriteBufferManager(BUFFERS);
    options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    options.setMaxWriteBufferNumber(WRITE_BUFFERS_PER_STORE);
    options.setLevel0FileNumCompactionTrigger(FILES_UNMERGED_MAX);
  }

  @Override
  public void close(String storeName, Options options) {
    // Cache and buffers outlive the store: they are the process's.
  }
}
