package dev.ebt.bench.step;

import static dev.ebt.bench.Commands.fine;
import static dev.ebt.bench.Commands.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ebt.bench.Commands;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScalingBenchmarkTest {
  private static final String[] SIZE = {
    "bench",
    "step",
    "--layers",
    "1",
    "--width",
    "8",
    "--heads",
    "2",
    "--vocab",
    "8",
    "--length",
    "4",
    "--batch",
    "2",
    "--repeat",
    "2"
  };

  private static String[] line(String... more) {
    String[] all = Arrays.copyOf(SIZE, SIZE.length + more.length);
    System.arraycopy(more, 0, all, SIZE.length, more.length);
    return all;
  }

  @Test
  void processesExchangeTheirParametersAndOneNothing() throws IOException {
    Commands done = fine(line("--processes", "1,2", "--local-steps", "4", "--json"));

    JsonNode rows = new ObjectMapper().readTree(done.out());
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).path("processes").asInt()).isEqualTo(1);
    assertThat(rows.get(0).path("localSteps").asInt()).isEqualTo(1);
    assertThat(rows.get(0).path("bytesPerStep").asLong()).isZero();
    assertThat(rows.get(0).path("ofFirstRate").asDouble()).isEqualTo(1);
    assertThat(rows.get(1).path("processes").asInt()).isEqualTo(2);
    assertThat(rows.get(1).path("localSteps").asInt()).isEqualTo(4);
    assertThat(rows.get(1).path("bytesPerStep").asLong()).isPositive();
    assertThat(rows.get(1).path("sumShare").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void medianAndSharesAreOfAllSteps() {
    ScalingResult.Builder builder = new ScalingResult.Builder(2, 1, 8);
    for (double seconds : new double[] {1, 4, 2}) {
      builder.add(new double[] {seconds, seconds / 4, 100, seconds / 2});
    }
    ScalingResult one = new ScalingResult(1, 1, 1, 1, 4, 0, 0);
    assertThat(builder.build()).isEqualTo(new ScalingResult(2, 1, 2, 1, 8, 0.25, 100));
    assertThat(builder.build().metrics(one).get("ofFirstRate")).isEqualTo(2.0);
  }

  @Test
  void mistakesAreRefused() {
    assertThat(refusal(line("--processes", "0"))).contains("--processes is 0");
    assertThat(refusal(line("--processes", "2", "--local-steps", "0")))
        .contains("--local-steps is 0");
    assertThat(refusal(line("--processes", "1", "--local-steps", "1,8")))
        .contains("--processes has none but 1; several expected");
    assertThat(refusal(line("--local-steps", "2"))).contains("--local-steps needs --processes");
    assertThat(refusal(line("--processes", "2", "--steps", "1,2")))
        .contains("--steps has " + List.of(1, 2));
  }
}
