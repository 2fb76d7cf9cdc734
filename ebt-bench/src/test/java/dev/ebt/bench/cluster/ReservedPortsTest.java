package dev.ebt.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReservedPortsTest {
  @Test
  void onlyAServerThatSharesAPortListensThere() throws IOException {
    try (ReservedPorts ports = new ReservedPorts(2);
        ServerSocket other = new ServerSocket();
        ServerSocket sharing = new ServerSocket()) {
      assumeTrue(sharing.supportedOptions().contains(StandardSocketOptions.SO_REUSEPORT));
      List<String> addresses = ports.addresses();
      assertThat(addresses).hasSize(2).doesNotHaveDuplicates();
      int port = Integer.parseInt(addresses.get(0).split(":")[1]);

      assertThatThrownBy(() -> other.bind(new InetSocketAddress(port)))
          .isInstanceOf(BindException.class);
      sharing.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      sharing.bind(new InetSocketAddress(port));
      try (Socket client = new Socket("127.0.0.1", port);
          Socket accepted = sharing.accept()) {
        assertThat(accepted.getPort()).isEqualTo(client.getLocalPort());
      }
      Map<String, String> environment = new HashMap<>();
      ports.share(environment);
      assertThat(environment).containsEntry("TF_GRPC_REUSE_PORT", "true");
    }
  }
}
