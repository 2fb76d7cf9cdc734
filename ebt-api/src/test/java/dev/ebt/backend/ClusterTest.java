package dev.ebt.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.error.UserException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterTest {
  private static Cluster cluster(int rank, String... addresses) {
    return new Cluster(List.of(addresses), rank, Cluster.DEFAULT_TIMEOUT);
  }

  @Test
  void addressesHaveHostsAndPorts() {
    Cluster cluster = cluster(1, "host_1:7000", "[::1]:65535");
    assertThat(cluster.host(0)).isEqualTo("host_1");
    assertThat(cluster.port(0)).isEqualTo(7000);
    assertThat(cluster.host(1)).isEqualTo("[::1]");
    assertThat(cluster.port(1)).isEqualTo(65535);
    assertThat(cluster.name(1)).isEqualTo("process 1 ([::1]:65535)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "host1", ":7000", "host1:", "host1:0", "host1:65536", "host1:x", "::1:7000"})
  void whatIsNoAddressIsRefused(String address) {
    assertThatThrownBy(() -> cluster(0, address))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'" + address + "' is no address of a process; host:port expected");
  }

  @Test
  void anAddressOfTwoProcessesIsRefused() {
    assertThatThrownBy(() -> cluster(0, "host1:7000", "host1:7000"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("host1:7000 twice");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 2})
  void aNumberThatNoProcessHasIsRefused(int rank) {
    assertThatThrownBy(() -> cluster(rank, "host1:7000", "host2:7000"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("process " + rank + " is not in the cluster host1:7000,host2:7000")
        .hasMessageContaining("0 to 1 expected");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1000, 0, 999, 2999})
  void aTimeoutThatIsTooShortIsRefused(int milliseconds) {
    Duration timeout = Duration.ofMillis(milliseconds);
    assertThatThrownBy(() -> new Cluster(List.of("host1:7000"), 0, timeout))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(" is " + milliseconds / 1e3 + " s; at least 3 s expected");
  }
}
