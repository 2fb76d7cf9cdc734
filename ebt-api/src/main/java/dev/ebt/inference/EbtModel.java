package dev.ebt.inference;

import dev.ebt.config.Overrides;
import dev.ebt.error.UserException;
import dev.ebt.interact.GivenAnswers;
import dev.ebt.interact.Verification;
import dev.ebt.plugin.BundledModelFolders;
import dev.ebt.plugin.Catalog;
import dev.ebt.plugin.Plugins;
import dev.ebt.run.TrainedModel;
import dev.ebt.store.Weights;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A trained model that many threads call.
 *
 * <pre>{@code
 * try (EbtModel model = EbtModel.load(Path.of("runs/book"))) {
 *   Thought thought = model.think("ROMEO:", Thinking.steps(4).candidates(5).maxTokens(80));
 *   String text = thought.text();
 * }
 * }</pre>
 *
 * <p>Calls of several threads are computed together where their types are the same, as many as
 * {@link InferenceLimits} allows; the result of a call does not depend on the others. Deadlines and
 * cancellation take effect between two programs on the backend: thinking steps, evaluations of a
 * diffusion model, or a token of a text whose steps are one program.
 *
 * <p>One thread of the model computes everything. It also calls receivers of predictions and the
 * dependents of futures, which therefore must be quick and must not call the model's blocking
 * methods.
 */
public final class EbtModel implements AutoCloseable {
  private static final int ROWS = 16;

  private final TrainedModel model;
  private final InferenceAdapters adapters;
  private final InferenceQueue queue;
  private final ModelThread thread;

  private EbtModel(Catalog catalog, TrainedModel model, InferenceLimits limits) {
    this.model = model;
    this.adapters = new InferenceAdapters(catalog);
    this.queue = new InferenceQueue(limits);
    this.thread = new ModelThread(new InferenceWorker(model, limits, queue));
  }

  /**
   * Loads a run, an exported model or, by its name as in {@code Path.of("verse")}, a bundled model,
   * at its latest checkpoint, with the plugins of the class path.
   *
   * @throws UserException if there is no such run or it does not fit its configuration
   */
  public static EbtModel load(Path run) {
    return load(
        Plugins.discover(List.of()), run, "latest", Overrides.none(), InferenceLimits.defaults());
  }

  /**
   * Loads a run, an exported model, or a bundled model by its name.
   *
   * @param checkpoint {@code latest}, {@code best} or a step
   * @param overrides the overrides of the run's configuration, such as another backend or stopping
   *     rule
   * @throws UserException if there is no such run or it does not fit its configuration
   */
  public static EbtModel load(
      Catalog catalog, Path run, String checkpoint, Overrides overrides, InferenceLimits limits) {
    return of(
        catalog,
        TrainedModel.openForInference(
            catalog,
            BundledModelFolders.folder(catalog, run),
            checkpoint,
            Weights.USUAL,
            overrides),
        limits);
  }

  /**
   * Returns a model that answers calls with a trained one, which it closes.
   *
   * @param catalog the plugins of the trained model
   */
  public static EbtModel of(Catalog catalog, TrainedModel model, InferenceLimits limits) {
    try {
      EbtModel opened = new EbtModel(catalog, model, limits);
      opened.thread.start();
      return opened;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** Continues a text. See {@link #think(Object, Class, Thinking)}. */
  public TypedThought<String> think(String prompt, Thinking thinking) {
    return think(prompt, String.class, thinking);
  }

  /**
   * Answers an input, and waits for the answer.
   *
   * @param output the class of answers
   * @throws UserException if the model does not answer such inputs with such outputs, or if the
   *     input or an option is unsuitable
   * @throws DeadlineExceededException if the deadline passed
   * @throws ModelBusyException if too many calls wait
   * @throws ModelClosedException if the model is closed
   * @throws ThinkingInterruptedException if this thread is interrupted, which cancels the call
   */
  public <I, O> TypedThought<O> think(I input, Class<O> output, Thinking thinking) {
    return thread.await(thinkAsync(input, output, thinking));
  }

  /** Continues a text. See {@link #thinkAsync(Object, Class, Thinking, Consumer)}. */
  public CompletableFuture<TypedThought<String>> thinkAsync(String prompt, Thinking thinking) {
    return thinkAsync(prompt, String.class, thinking);
  }

  /** Answers an input. See {@link #thinkAsync(Object, Class, Thinking, Consumer)}. */
  public <I, O> CompletableFuture<TypedThought<O>> thinkAsync(
      I input, Class<O> output, Thinking thinking) {
    return thinkAsync(input, output, thinking, prediction -> {});
  }

  /**
   * Answers an input. Cancelling the future ends the call before its next step.
   *
   * @param output the class of answers
   * @param predictions receives each prediction as soon as it is known, on the model's thread; if
   *     it throws, the call fails with that
   * @return the answer; it can fail as {@link #think(Object, Class, Thinking)} does
   * @throws UserException if the model does not answer such inputs with such outputs, or does not
   *     use an option
   * @throws ModelBusyException if too many calls wait
   * @throws ModelClosedException if the model is closed
   */
  public <I, O> CompletableFuture<TypedThought<O>> thinkAsync(
      I input, Class<O> output, Thinking thinking, Consumer<? super Prediction> predictions) {
    return thinkAsync(adapters.find(model.parts(), input, output), input, thinking, predictions);
  }

  /**
   * Answers an input by an adapter of choice, where several have the same types. See {@link
   * #thinkAsync(Object, Class, Thinking, Consumer)}.
   *
   * @param adapter one of {@link #adapters}, or another one for the modality of this model
   * @throws UserException also if the adapter is for other models
   */
  public <I, O> CompletableFuture<TypedThought<O>> thinkAsync(
      InferenceAdapter<I, O> adapter,
      I input,
      Thinking thinking,
      Consumer<? super Prediction> predictions) {
    InferenceAdapters.check(adapter, model.parts());
    InferenceAdapters.checkOptions(adapter, thinking);
    thinking.variation().check(thinking, model.parts());
    queue.checkRoom();
    CompletableFuture<TypedThought<O>> future = new CompletableFuture<>();
    queue.add(
        new InferenceJob.Call<>(
            adapter,
            adapter.prepare(model.modality(), input),
            thinking,
            predictions,
            System.nanoTime(),
            future));
    return future;
  }

  /** Continues a text. See {@link #stream(Object, Class, Thinking)}. */
  public Flow.Publisher<Prediction> stream(String prompt, Thinking thinking) {
    return stream(prompt, String.class, thinking);
  }

  /**
   * Returns a publisher of the predictions of an answer. Each subscriber begins a call of its own,
   * which cancelling the subscription ends before its next step. Subscribers are called on other
   * threads than the model's, with no more predictions than they request; the call goes on
   * meanwhile. They get what {@link #thinkAsync(Object, Class, Thinking, Consumer)} throws, or its
   * future fails with, as an error.
   *
   * @param output the class of answers
   */
  public <I, O> Flow.Publisher<Prediction> stream(I input, Class<O> output, Thinking thinking) {
    return new PredictionPublisher(predictions -> thinkAsync(input, output, thinking, predictions));
  }

  /** Ranks texts that continue a context. See {@link #verify(Object, Class, List)}. */
  public Verification verify(String context, List<String> answers) {
    return verify(context, String.class, answers);
  }

  /**
   * Ranks given answers to an input by their energies, without thinking; by their log-likelihoods
   * or losses for a model without an energy. The rank is that of the sums over the predictions of
   * an answer; the result has the values of each.
   *
   * @param output the class of answers
   * @throws UserException if the model cannot rank such answers, or one is unsuitable
   * @throws InferenceException as {@link #compute} does
   */
  public <I, O> Verification verify(I input, Class<O> output, List<O> answers) {
    return thread.await(verifyAsync(input, output, answers, Verification.Order.TOTAL));
  }

  /**
   * Ranks given answers to an input, as {@link #verify(Object, Class, List)} does.
   *
   * @param order what answers are ranked by
   * @return the ranking; cancelling it ends it before its next program on the backend
   */
  public <I, O> CompletableFuture<Verification> verifyAsync(
      I input, Class<O> output, List<O> answers, Verification.Order order) {
    return verifyAsync(adapters.find(model.parts(), input, output), input, answers, order);
  }

  /** Ranks given answers by an adapter of choice, where several have the same types. */
  public <I, O> CompletableFuture<Verification> verifyAsync(
      InferenceAdapter<I, O> adapter, I input, List<O> answers, Verification.Order order) {
    InferenceAdapters.check(adapter, model.parts());
    queue.checkRoom();
    GivenAnswers given =
        adapter
            .given(model.modality(), input, answers)
            .orElseThrow(
                () -> new UserException("answers of " + adapter.subject() + " are not ranked"));
    return computeAsync(trained -> Verification.rank(trained.parts(), given, order, ROWS));
  }

  /**
   * Returns the energy of a text that continues a context. See {@link #energy(Object, Class,
   * Object)}.
   */
  public double energy(String context, String answer) {
    return energy(context, String.class, answer);
  }

  /**
   * Returns the energy of a given answer to an input, the sum over its predictions.
   *
   * @throws UserException if the model has no energies of such answers, or one is unsuitable
   * @throws InferenceException as {@link #compute} does
   */
  public <I, O> double energy(I input, Class<O> output, O answer) {
    Verification verification = verify(input, output, List.of(answer));
    if (verification.measure() != Verification.Measure.ENERGY) {
      throw new UserException(
          "the model has no energy; it ranks by " + verification.measure().label());
    }
    return verification.answers().get(0).total();
  }

  /**
   * Computes something else with the trained model, between two units of work of the calls, and
   * waits for it. The function must not keep the model, or anything that it has created and not
   * closed.
   *
   * @throws ModelBusyException if too many calls wait
   * @throws ModelClosedException if the model is closed
   * @throws ThinkingInterruptedException if this thread is interrupted
   */
  public <T> T compute(Function<TrainedModel, T> function) {
    return thread.await(computeAsync(function));
  }

  /**
   * Computes something else with the trained model, as {@link #compute} does, without waiting.
   *
   * @return the result; cancelling it ends it before its next program on the backend, such as a
   *     thinking step
   * @throws ModelBusyException if too many calls wait
   * @throws ModelClosedException if the model is closed
   */
  public <T> CompletableFuture<T> computeAsync(Function<TrainedModel, T> function) {
    CompletableFuture<T> future = new CompletableFuture<>();
    queue.add(new InferenceJob.Computation<>(function, future));
    return future;
  }

  /** Returns the adapters of plugins for the modality of this model. */
  public List<InferenceAdapter<?, ?>> adapters() {
    return adapters.of(model.modality());
  }

  /** Returns the number of calls that wait. */
  public int waiting() {
    return queue.size();
  }

  /** Refuses further calls, waits for those in flight, and frees the model. */
  @Override
  public void close() {
    queue.close();
    thread.join();
  }

  /**
   * Refuses further calls, waits some time for those in flight, ends the rest before their next
   * step with a {@link ModelClosedException}, and frees the model.
   */
  public void close(Duration patience) {
    queue.close();
    thread.join(patience);
    queue.abandon();
    thread.join();
  }
}
