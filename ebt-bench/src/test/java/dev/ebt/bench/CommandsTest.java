package dev.ebt.bench;

import static dev.ebt.bench.Commands.fine;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CommandsTest {
  @Test
  void commandsAtTheSameTimeHaveOutputsOfTheirOwn() {
    List<String> kinds = List.of("stop", "select", "optimizer", "schedule");
    List<CompletableFuture<Commands>> running = new ArrayList<>();
    kinds.forEach(kind -> running.add(CompletableFuture.supplyAsync(() -> fine("plugins", kind))));

    for (int i = 0; i < kinds.size(); i++) {
      assertThat(running.get(i).join()).isEqualTo(fine("plugins", kinds.get(i)));
    }
  }
}
