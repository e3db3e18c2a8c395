package io.tillwatch.topology.cube;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * A keyed store that can be set back to the last commit: it remembers what the keys that changed
 * since held before, so that a commit costs what was written and not what is stored.
 */
final class Undoing implements InvocationHandler {

  private static final Set<String> OF_ONE_KEY = Set.of("put", "delete");
  private static final Set<String> WRITES_UNKNOWN = Set.of("putAll", "putIfAbsent");

  private final KeyValueStore<String, byte[]> store;
  private final Map<String, byte @Nullable []> before = new HashMap<>();

  Undoing(KeyValueStore<String, byte[]> store) {
    this.store = store;
  }

  /** The store as the code under test sees it. */
  @SuppressWarnings("unchecked") // the interface named is the one that is made
  KeyValueStore<String, byte[]> seen() {
    return (KeyValueStore<String, byte[]>)
        Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {KeyValueStore.class}, this);
  }

  void commit() {
    before.clear();
  }

  void undo() {
    // A null takes the key out again.
    before.forEach(store::put);
    before.clear();
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (WRITES_UNKNOWN.contains(method.getName())) {
      throw new UnsupportedOperationException(method + " is not undone yet");
    }
    if (arguments != null && OF_ONE_KEY.contains(method.getName())) {
      String key = (String) arguments[0];
      if (!before.containsKey(key)) {
        before.put(key, store.get(key));
      }
    }
    try {
      return method.invoke(store, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
