package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark of a server. */
class LoadBenchmarkTest {
  @Test
  void answersAreCountedAndNoneFails(@TempDir Path folder) throws IOException {
    Commands done =
        fine(
            "bench",
            "serve",
            Tiny.in(folder).trained("run").toString(),
            "--threads=3",
            "--seconds=1",
            "--tokens=2",
            "--prompt=line",
            "--json");

    JsonNode metrics = new ObjectMapper().readTree(done.out());
    assertThat(metrics.path("failed").asInt()).as(done.out()).isZero();
    assertThat(metrics.path("requests").asInt()).isPositive();
    assertThat(metrics.path("tokensPerSecond").asDouble()).isPositive();
    assertThat(metrics.path("timesSingle").asDouble()).isPositive();
    assertThat(metrics.path("heapMiBAfter").asDouble()).isPositive();
    assertThat(done.err()).contains("client threads 1: ", "client threads 3: ");
  }

  @Test
  void mistakesAreReported() {
    assertThat(refusal("bench", "serve", "--threads=0"))
        .isEqualTo("ebt: --threads is 0; 1 to 1000 expected\n");
  }
}
