package dev.ebt.bench;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.inference.DeadlineExceededException;
import dev.ebt.inference.EbtModel;
import dev.ebt.inference.FinishReason;
import dev.ebt.inference.InferenceLimits;
import dev.ebt.inference.ModelBusyException;
import dev.ebt.inference.ModelClosedException;
import dev.ebt.inference.Prediction;
import dev.ebt.inference.Thinking;
import dev.ebt.inference.ThinkingInterruptedException;
import dev.ebt.inference.Thought;
import dev.ebt.inference.TypedThought;
import dev.ebt.interact.Verification;
import dev.ebt.plugin.Plugins;
import dev.ebt.testing.InferenceAdapterContract;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls of a model of text by many threads. */
@Timeout(60)
class EbtModelTest {
  private static final Thinking SHORT = Thinking.steps(2).maxTokens(5);
  private static final Thinking ENDLESS = Thinking.steps(1).maxTokens(1_000_000).ignoreEnd();

  @TempDir static Path folder;
  private static Path run;
  private EbtModel model;

  @BeforeAll
  static void train() throws IOException {
    run = Tiny.in(folder).trained("run");
  }

  @BeforeEach
  void load() {
    model = EbtModel.load(run);
  }

  @AfterEach
  void close() {
    model.close(Duration.ZERO);
  }

  private static EbtModel load(InferenceLimits limits) {
    return EbtModel.load(Plugins.discover(List.of()), run, "latest", Overrides.none(), limits);
  }

  @Test
  void aThoughtHasTextEnergiesAndEvaluations() {
    Thought thought = model.think("line ", Thinking.steps(2).candidates(3).maxTokens(5));

    assertThat(thought.text()).isNotEmpty();
    assertThat(thought.finish()).isEqualTo(FinishReason.LENGTH);
    assertThat(thought.energies()).hasSize(5).allSatisfy(each -> assertThat(each).hasSize(3));
    assertThat(thought.evaluations()).isEqualTo(5 * 3 * (2 + 1));
  }

  @Test
  void callsOfManyThreadsHaveTheResultsOfCallsOneAfterTheOther() {
    List<Thinking> calls =
        IntStream.range(0, 12).mapToObj(i -> SHORT.seed(i).temperature(5)).toList();
    List<TypedThought<String>> alone =
        calls.stream().map(each -> model.think("line " + each.seed(), each)).toList();

    List<CompletableFuture<TypedThought<String>>> together =
        calls.stream()
            .map(
                each ->
                    CompletableFuture.supplyAsync(() -> model.think("line " + each.seed(), each)))
            .toList();

    InferenceAdapterContract.assertSame(
        together.stream().map(CompletableFuture::join).toList(), alone);
    assertThat(alone.stream().map(Thought::text).distinct()).hasSizeGreaterThan(6);
  }

  @Test
  void predictionsAreReceivedOneByOne() {
    List<Prediction> received = new ArrayList<>();

    Thought thought = model.thinkAsync("a", String.class, SHORT, received::add).join();

    assertThat(received).isEqualTo(thought.predictions()).hasSize(5);
    assertThat(String.join("", received.stream().map(Prediction::text).toList()))
        .isEqualTo(thought.text());
  }

  @Test
  void aCancelledCallEndsBetweenTokens() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(3);
    CompletableFuture<TypedThought<String>> endless =
        model.thinkAsync("a", String.class, ENDLESS, prediction -> begun.countDown());
    begun.await();

    assertThat(endless.cancel(true)).isTrue();

    assertThatThrownBy(endless::join).isInstanceOf(CancellationException.class);
    model.close(); // Would wait for a call that goes on.
  }

  @Test
  void aDeadlineEndsACallWithWhatIsDone() {
    Optional<Thought> soFar = Optional.empty();
    // On a busy machine a short time is over before the first token.
    for (int milliseconds = 300; soFar.isEmpty() && milliseconds < 60_000; milliseconds *= 2) {
      Thinking options = ENDLESS.deadline(Duration.ofMillis(milliseconds));
      soFar =
          catchThrowableOfType(DeadlineExceededException.class, () -> model.think("a", options))
              .soFar();
    }
    assertThat(soFar)
        .hasValueSatisfying(
            thought -> {
              assertThat(thought.finish()).isEqualTo(FinishReason.UNFINISHED);
              assertThat(thought.predictions()).isNotEmpty();
            });
    assertThat(model.think("a", SHORT).predictions()).hasSize(5);
  }

  @Test
  void aWaitingCallIsEndedByItsDeadline() throws InterruptedException {
    try (EbtModel single = load(InferenceLimits.defaults().maxBatchSize(1))) {
      CountDownLatch begun = new CountDownLatch(1);
      CompletableFuture<?> endless =
          single.thinkAsync("a", String.class, ENDLESS, prediction -> begun.countDown());
      begun.await();

      assertThatThrownBy(() -> single.think("b", SHORT.deadline(Duration.ofMillis(50))))
          .isInstanceOfSatisfying(
              DeadlineExceededException.class, e -> assertThat(e.soFar()).isEmpty());
      endless.cancel(true);
    }
  }

  @Test
  void aCallIsRefusedWhereTooManyWait() throws InterruptedException {
    try (EbtModel single = load(InferenceLimits.defaults().maxBatchSize(1).maxWaiting(1))) {
      CountDownLatch begun = new CountDownLatch(1);
      CompletableFuture<?> endless =
          single.thinkAsync("a", String.class, ENDLESS, prediction -> begun.countDown());
      begun.await();
      CompletableFuture<TypedThought<String>> waiting = single.thinkAsync("b", SHORT);

      assertThatThrownBy(() -> single.think("c", SHORT))
          .isInstanceOf(ModelBusyException.class)
          .hasMessage("the model is busy: 1 calls are waiting; try again later");

      endless.cancel(true);
      assertThat(waiting.join().predictions()).hasSize(5);
    }
  }

  @Test
  void closeWaitsForCallsInFlightAndRefusesNewOnes() {
    List<CompletableFuture<TypedThought<String>>> calls =
        IntStream.range(0, 20).mapToObj(i -> model.thinkAsync("line " + i, SHORT)).toList();

    model.close();

    assertThat(calls).allSatisfy(each -> assertThat(each.getNow(null)).isNotNull());
    assertThatThrownBy(() -> model.think("a", SHORT)).isInstanceOf(ModelClosedException.class);
    model.close();
  }

  @Test
  void closeWithPatienceEndsWhatTakesLonger() {
    CompletableFuture<TypedThought<String>> endless = model.thinkAsync("a", ENDLESS);

    model.close(Duration.ofMillis(50));

    assertThatThrownBy(endless::join).hasCauseInstanceOf(ModelClosedException.class);
  }

  @Test
  void anInterruptedThreadCancelsItsCall() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> model.think("a", ENDLESS))
        .isInstanceOf(ThinkingInterruptedException.class);

    assertThat(Thread.interrupted()).isTrue();
    model.close();
  }

  @Test
  void aReceiverThatFailsEndsItsCallOnly() {
    IllegalStateException failure = new IllegalStateException("full");
    CompletableFuture<TypedThought<String>> call =
        model.thinkAsync(
            "a",
            String.class,
            ENDLESS,
            prediction -> {
              throw failure;
            });

    assertThatThrownBy(call::join).hasCause(failure);
    assertThat(model.think("a", SHORT).predictions()).hasSize(5);
  }

  @Test
  void aReceiverMustNotWaitForTheModel() {
    CompletableFuture<TypedThought<String>> call =
        model.thinkAsync("a", String.class, SHORT, prediction -> model.think("b", SHORT));

    assertThatThrownBy(call::join)
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("use thinkAsync, or another thread");
  }

  @Test
  void unsuitableCallsAreRefusedAlone() {
    assertThatThrownBy(() -> model.think("a", Thinking.steps(0)))
        .isInstanceOf(UserException.class)
        .hasMessage("steps is 0; at least 1 expected");
    assertThatThrownBy(() -> model.think(1.5, Double.class, Thinking.defaults()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "a run of modality 'text' does not answer Double with Double; it answers String with"
                + " String, TextWithGap with String");
    assertThat(model.think("a", SHORT).predictions()).hasSize(5);
  }

  @Test
  void givenAnswersAreRankedByEnergy() {
    Verification ranking = model.verify("line ", List.of("1", "12", "of"));

    assertThat(ranking.measure()).isEqualTo(Verification.Measure.ENERGY);
    assertThat(ranking.answers()).hasSize(3);
    assertThat(ranking.answers().get(0).total())
        .isEqualTo(model.energy("line ", ranking.answers().get(0).answer().text()));
  }

  @Test
  void givenAnswersAreRankedWhateverStepsTheModelWasLoadedWith() {
    Overrides overrides = Overrides.of("thinking.stop=gradient-small");
    InferenceLimits limits = InferenceLimits.defaults();
    try (EbtModel loaded =
        EbtModel.load(Plugins.discover(List.of()), run, "latest", overrides, limits)) {
      assertThat(loaded.energy("line ", "1")).isEqualTo(model.energy("line ", "1"));
    }
  }

  @Test
  void unsuitableAnswersAreRefusedInWordsOfThisInterface() {
    assertThatThrownBy(() -> model.verify("line ", List.of()))
        .isInstanceOf(UserException.class)
        .hasMessage("there is no answer; at least 1 expected");
    assertThatThrownBy(() -> model.verify("line 1 line 2", List.of("a")))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("(modality.length); shorten the context");
  }

  @Test
  void aLongPromptIsTruncatedOnlyIfThatIsAskedFor() {
    String prompt = "line 1 line 2 line 3";

    assertThatThrownBy(() -> model.think(prompt, Thinking.steps(1).maxTokens(2)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("(truncatePrompt)");
    assertThat(model.think(prompt, Thinking.steps(1).maxTokens(2).truncatePrompt()).predictions())
        .hasSize(2);
  }

  @Test
  void aDeadlineAndPatienceMayBeLongerThanNanosecondsCount() {
    Duration centuries = Duration.ofDays(200_000);

    assertThat(model.think("a", SHORT.deadline(centuries)).predictions()).hasSize(5);
    model.close(centuries);
    assertThatThrownBy(() -> model.think("a", SHORT)).isInstanceOf(ModelClosedException.class);
  }

  @Test
  void aCallGoesOnHoweverManyComputationsWait() throws Exception {
    AtomicInteger left = new AtomicInteger(10_000);
    CompletableFuture<TypedThought<String>> call = model.thinkAsync("a", SHORT);
    computeUntilDone(call, left);

    assertThat(call.get(30, SECONDS).predictions()).hasSize(5);
    assertThat(left).hasPositiveValue();
  }

  /** Does computations, of which each adds the next one, but no more than there are left. */
  @SuppressWarnings("FutureReturnValueIgnored") // The call shows how far they came.
  private void computeUntilDone(CompletableFuture<?> call, AtomicInteger left) {
    model.computeAsync(
        trained -> {
          if (!call.isDone() && left.decrementAndGet() > 0) {
            computeUntilDone(call, left);
          }
          return true;
        });
  }

  /** A subscriber that requests predictions by hand. */
  private static final class Requesting implements Flow.Subscriber<Prediction> {
    private final BlockingQueue<Prediction> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    @Override
    public void onSubscribe(Flow.Subscription subscribed) {
      subscription.complete(subscribed);
    }

    @Override
    public void onNext(Prediction prediction) {
      received.add(prediction);
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      end.complete(null);
    }
  }

  @Test
  void aSubscriberGetsWhatItRequests() throws InterruptedException {
    Thought expected = model.think("a", SHORT);
    Requesting subscriber = new Requesting();
    model.stream("a", SHORT).subscribe(subscriber);
    Flow.Subscription subscription = subscriber.subscription.join();

    subscription.request(2);
    List<Prediction> received =
        new ArrayList<>(List.of(subscriber.received.take(), subscriber.received.take()));
    model.think("b", SHORT); // The call has ended, too: it does not wait for the subscriber.
    assertThat(subscriber.received).isEmpty();
    assertThat(subscriber.end).isNotDone();

    subscription.request(Long.MAX_VALUE);
    subscriber.end.join();
    subscriber.received.drainTo(received);
    // Numbers may differ by rounding, as "b" may have joined the batch of "a".
    assertThat(received)
        .extracting(Prediction::text)
        .isEqualTo(expected.predictions().stream().map(Prediction::text).toList());
  }

  @Test
  void aSubscriberThatCancelsEndsItsCall() throws InterruptedException {
    Requesting subscriber = new Requesting();
    model.stream("a", ENDLESS).subscribe(subscriber);
    subscriber.subscription.join().request(1);
    subscriber.received.take();

    subscriber.subscription.join().cancel();

    model.close(); // Would wait for a call that goes on.
  }

  @Test
  void aSubscriberIsToldOfARefusal() {
    Requesting subscriber = new Requesting();
    model.stream("a", Thinking.steps(2).topP(3)).subscribe(subscriber);

    assertThatThrownBy(subscriber.end::join)
        .hasRootCauseInstanceOf(UserException.class)
        .hasMessageContaining("topP is 3.0; 0 to 1 expected");
  }

  @Test
  void anotherComputationIsDoneBetweenSteps() {
    CompletableFuture<?> endless = model.thinkAsync("a", ENDLESS);

    assertThat(model.<Double>compute(trained -> trained.score("line 1").bitsPerByte()))
        .isPositive();
    endless.cancel(true);
  }
}
