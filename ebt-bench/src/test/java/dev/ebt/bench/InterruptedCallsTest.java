package dev.ebt.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ebt.config.Overrides;
import dev.ebt.inference.DeadlineExceededException;
import dev.ebt.inference.EbtModel;
import dev.ebt.inference.InferenceLimits;
import dev.ebt.inference.ModelClosedException;
import dev.ebt.inference.Thinking;
import dev.ebt.inference.TypedThought;
import dev.ebt.plugin.Plugins;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls that end in the middle of a unit of work that would take hours. */
@Timeout(60)
class InterruptedCallsTest {
  private static final int HOURS = Thinking.MOST_STEPS;
  private static final Thinking ENDLESS = Thinking.steps(HOURS).candidates(1000).maxTokens(1);
  private static final Thinking SHORT = Thinking.steps(2).maxTokens(5);
  private static final Duration SOON = Duration.ofMillis(200);

  @TempDir static Path folder;
  private static Path run;
  private EbtModel model;

  @BeforeAll
  static void train() throws IOException {
    run = Tiny.in(folder).trained("run");
  }

  @BeforeEach
  void load() {
    model =
        EbtModel.load(
            Plugins.discover(List.of()),
            run,
            "latest",
            Overrides.none(),
            InferenceLimits.defaults().window(Duration.ZERO));
  }

  @AfterEach
  void close() {
    model.close(Duration.ZERO);
  }

  private void assertAnswersOthers() {
    assertThat(model.think("a", SHORT).predictions()).hasSize(5);
  }

  @Test
  void aDeadlineEndsAThinkingStepByStep() {
    assertThatThrownBy(() -> model.think("a", ENDLESS.deadline(SOON)))
        .isInstanceOf(DeadlineExceededException.class);
    assertAnswersOthers();
  }

  @Test
  void aCancelledCallGivesItsPlaceToTheNext() throws Exception {
    CompletableFuture<?> endless = model.thinkAsync("a", ENDLESS);
    BoundedWait.until(() -> model.waiting() == 0);

    endless.cancel(true);

    assertAnswersOthers();
  }

  /** Both calls are admitted together, but their steps are not those of one batch. */
  @Test
  void aCancelledCallDoesNotDelayAnotherThatCameWithIt() throws Exception {
    InferenceLimits together = InferenceLimits.defaults().window(Duration.ofMillis(500));
    model.close(Duration.ZERO);
    model = EbtModel.load(Plugins.discover(List.of()), run, "latest", Overrides.none(), together);
    CompletableFuture<?> endless = model.thinkAsync("a", ENDLESS);
    CompletableFuture<TypedThought<String>> other = model.thinkAsync("b", SHORT);
    BoundedWait.until(() -> model.waiting() == 0);

    endless.cancel(true);

    assertThat(other.get(30, TimeUnit.SECONDS).predictions()).hasSize(5);
  }

  /**
   * The token of the other call takes hours, as both are steps of one batch or one after another.
   */
  @Test
  void aDeadlineIsHonouredWhileAnotherCallGoesOn() throws Exception {
    CompletableFuture<?> endless = model.thinkAsync("a", ENDLESS);
    BoundedWait.until(() -> model.waiting() == 0);

    assertThatThrownBy(() -> model.think("b", SHORT.deadline(SOON)))
        .isInstanceOf(DeadlineExceededException.class);
    assertThat(endless).isNotDone();
  }

  @Test
  void closingEndsACallInTheMiddleOfAToken() throws Exception {
    CompletableFuture<TypedThought<String>> endless = model.thinkAsync("a", ENDLESS);
    BoundedWait.until(() -> model.waiting() == 0);

    model.close(Duration.ofMillis(50));

    assertThatThrownBy(endless::join).hasCauseInstanceOf(ModelClosedException.class);
  }

  private CompletableFuture<Double> endlessScore() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Double> score =
        model.computeAsync(
            trained -> {
              begun.countDown();
              return trained.score("line 1 of", HOURS, 1, 1).bitsPerByte();
            });
    begun.await();
    return score;
  }

  @Test
  void theScoreOfATextIsCancelled() throws InterruptedException {
    CompletableFuture<Double> score = endlessScore();

    score.cancel(true);

    assertAnswersOthers();
  }

  @Test
  void aDeadlineIsHonouredWhileATextIsScored() throws InterruptedException {
    CompletableFuture<Double> score = endlessScore();

    assertThatThrownBy(() -> model.think("b", SHORT.deadline(SOON)))
        .isInstanceOf(DeadlineExceededException.class);
    assertThat(score).isNotDone();
  }

  @Test
  void closingEndsAComputation() throws InterruptedException {
    CompletableFuture<Double> score = endlessScore();

    model.close(Duration.ofMillis(50));

    assertThatThrownBy(score::join).hasCauseInstanceOf(ModelClosedException.class);
  }
}
