package io.tillwatch.load.bench.machine;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.util.OptionalLong;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Bytes that all threads of another JVM have allocated, asked over its own management interface:
 * the same for every contestant, and nothing has to be built into it.
 */
public final class Allocation implements AutoCloseable {

  private final JMXConnector connection;

  private Allocation(JMXConnector connection) {
    this.connection = connection;
  }

  /** Attaches to a JVM of the same user. */
  // The address is one that this machine's JVM has just given; no name is looked up.
  @SuppressWarnings("BanJNDI")
  public static Allocation of(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        String address = machine.startLocalManagementAgent();
        return new Allocation(JMXConnectorFactory.connect(new JMXServiceURL(address)));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("cannot look into process " + pid, e);
    }
  }

  /** Bytes allocated since the JVM started; empty when it cannot say. */
  public OptionalLong bytes() {
    try {
      Object bytes =
          connection
              .getMBeanServerConnection()
              .getAttribute(
                  ObjectName.getInstance("java.lang:type=Threading"), "TotalThreadAllocatedBytes");
      return OptionalLong.of((Long) bytes);
    } catch (JMException | IOException cannotSay) {
      return OptionalLong.empty();
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (IOException gone) {
      // The process has ended first: nothing is left to close.
      return;
    }
  }
}
