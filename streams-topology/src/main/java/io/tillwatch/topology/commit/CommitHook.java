package io.tillwatch.topology.commit;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A store that holds nothing and runs an action at every commit of its task.
 *
 * <p>Before a task commits, Kafka Streams asks each of its caching stores to flush downstream; only
 * then the producer is flushed and the transaction committed with the task's offsets ({@code
 * StreamTask.prepareCommit}, 4.3.1). Taking part in that flush, the action may forward records and
 * write to logged stores as if it stood in {@code process()}: all of it commits or aborts together
 * with the input. A punctuator cannot do this: what is processed between it and the commit would be
 * committed unforwarded.
 *
 * <p>The action also runs when a task is closed dirty; its transaction is aborted then. Used by the
 * task's thread only.
 */
public final class CommitHook implements StateStore, CachedStateStore<Void, Void> {

  private static final ProcessorRecordContext NO_RECORD =
      new ProcessorRecordContext(0, -1, -1, null, new RecordHeaders());

  private final String name;
  private @Nullable InternalProcessorContext<?, ?> context;
  private @Nullable ProcessorNode<?, ?, ?, ?> node;
  private @Nullable Runnable action;
  private boolean open;

  private CommitHook(String name) {
    this.name = name;
  }

  /** Builder of hooks of that name, one per task. */
  public static StoreBuilder<CommitHook> named(String name) {
    return new Builder(name);
  }

  /** Runs this at every commit from now on. To be called from the processor's {@code init}. */
  public void onCommit(ProcessingContext of, Runnable committing) {
    InternalProcessorContext<?, ?> internal = (InternalProcessorContext<?, ?>) of;
    context = internal;
    node = internal.currentNode();
    action = committing;
  }

  @Override
  public void flushCache() {
    if (action == null) {
      return;
    }
    InternalProcessorContext<?, ?> task = Objects.requireNonNull(context);
    ProcessorNode<?, ?, ?, ?> nodeBefore = task.currentNode();
    ProcessorRecordContext recordBefore = task.recordContext();
    task.setCurrentNode(node);
    task.setRecordContext(NO_RECORD);
    try {
      action.run();
    } finally {
      task.setRecordContext(recordBefore);
      task.setCurrentNode(nodeBefore);
    }
  }

  @Override
  public boolean setFlushListener(CacheFlushListener<Void, Void> listener, boolean sendOldValues) {
    return false;
  }

  @Override
  public void clearCache() {
    // Nothing is kept here: what is in memory is the processor's, which starts anew in init().
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext stateStoreContext, StateStore root) {
    action = null;
    open = true;
    stateStoreContext.register(root, (key, value) -> {});
  }

  @Override
  public void close() {
    open = false;
    action = null;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  private record Builder(String name) implements StoreBuilder<CommitHook> {

    @Override
    public CommitHook build() {
      return new CommitHook(name);
    }

    @Override
    public StoreBuilder<CommitHook> withCachingEnabled() {
      return this;
    }

    @Override
    public StoreBuilder<CommitHook> withCachingDisabled() {
      return this;
    }

    @Override
    public StoreBuilder<CommitHook> withLoggingEnabled(Map<String, String> config) {
      throw new UnsupportedOperationException("%s holds nothing to log".formatted(name));
    }

    @Override
    public StoreBuilder<CommitHook> withLoggingDisabled() {
      return this;
    }

    @Override
    public Map<String, String> logConfig() {
      return Map.of();
    }

    @Override
    public boolean loggingEnabled() {
      return false;
    }
  }
}
