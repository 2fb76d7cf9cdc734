package dev.ebt.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The wait of a request for the model. */
@Timeout(60)
class ServedModelTest {
  private static final ClientWait LONG =
      new ClientWait(
          Duration.ofHours(1), System.nanoTime() + Duration.ofHours(1).toNanos(), () -> false);

  @Test
  void anInterruptedWaitCancelsTheComputation() {
    CompletableFuture<String> endless = new CompletableFuture<>();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> ServedModel.await(endless, LONG))
        .isInstanceOf(InterruptedException.class);

    assertThat(endless).isCancelled();
  }

  @Test
  void aClientThatHangsUpCancelsTheComputation() {
    CompletableFuture<String> endless = new CompletableFuture<>();
    ClientWait gone = new ClientWait(LONG.time(), LONG.end(), () -> true);

    assertThatThrownBy(() -> ServedModel.await(endless, gone)).isInstanceOf(ApiException.class);

    assertThat(endless).isCancelled();
  }
}
