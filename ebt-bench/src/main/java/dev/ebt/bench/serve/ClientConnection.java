package dev.ebt.bench.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/**
 * The connection of a client that waits for an answer. Jetty does not read from it meanwhile, so
 * that its end would go unnoticed until the answer is written.
 */
final class ClientConnection {
  /** The name of the attribute of a request that has its connection. */
  static final String ATTRIBUTE = ClientConnection.class.getName();

  private final Connection connection;
  private boolean sendsMore;

  private ClientConnection(Connection connection) {
    this.connection = connection;
  }

  /** Returns the connection of a request whose body has arrived. */
  static ClientConnection of(Request request) {
    return new ClientConnection(request.getConnectionMetaData().getConnection());
  }

  /**
   * Returns whether the client has closed its connection. A client that has already sent its next
   * request is not watched any further.
   */
  boolean closed() {
    EndPoint endPoint = connection.getEndPoint();
    if (!endPoint.isOpen()) {
      return true;
    }
    if (sendsMore
        || !(endPoint.getTransport() instanceof SocketChannel channel)
        || !(connection instanceof Connection.UpgradeTo pushBack)) {
      return false;
    }
    ByteBuffer next = ByteBuffer.allocate(1);
    try {
      int count = channel.read(next); // The channel does not block.
      if (count > 0) {
        sendsMore = true;
        pushBack.onUpgradeTo(next.flip());
      }
      return count < 0;
    } catch (IOException e) {
      return true;
    }
  }
}
