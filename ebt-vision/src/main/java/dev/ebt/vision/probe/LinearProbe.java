package dev.ebt.vision.probe;

import dev.ebt.backend.Backend;
import dev.ebt.energy.RepresentationModel;
import dev.ebt.error.UserException;
import dev.ebt.modality.DiffusionModality;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.train.TrainingStepper;
import dev.ebt.vision.PictureDataset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How much of what pictures show can be read off a model that was never told: the accuracy of a
 * {@link LinearClassifier} of its {@link Representations}, beside those of numbers that learning
 * had no part in.
 *
 * @param kinds how many there are to tell apart
 * @param fitted pictures that the classifiers were fitted to
 * @param judged other pictures, by which the accuracies are
 * @param model the trained model
 * @param beginning the same model as training begins; its blocks do nothing yet
 * @param pixels the pictures themselves
 * @param mostFrequent the kind that most pictures fitted to are of, whatever they look like
 */
public record LinearProbe(
    int kinds,
    int fitted,
    int judged,
    Accuracy model,
    Accuracy beginning,
    Accuracy pixels,
    Accuracy mostFrequent) {

  private static final double NANOS = 1e9;

  /**
   * A share of pictures whose kind is told, 0 to 1.
   *
   * @param numbers what it is told from
   * @param evaluations of the network for each picture
   * @param seconds that these took for all pictures, those fitted to and those judged by
   */
  public record Accuracy(int numbers, int evaluations, double seconds, double share) {}

  /**
   * Probes the model whose parameters are on the backend; puts those of the beginning there.
   *
   * @param parameters of the whole model
   * @param seed that training begins with
   * @param most pictures to fit to, and to judge by
   * @throws UserException if nobody says what the pictures show, or they all show the same
   */
  public static LinearProbe of(
      PictureDataset data,
      DiffusionModality modality,
      RepresentationModel model,
      Backend backend,
      List<ParameterSpec> parameters,
      long seed,
      int most) {
    ProbeSample fitted = ProbeSample.of(data.learnt(), most);
    ProbeSample judged = ProbeSample.of(data.judged(), most);
    int kinds = data.learnt().kinds().size();
    if (fitted.kinds().length == 0 || judged.kinds().length == 0) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "nothing says what the pictures show: %s. Labels expected: MNIST with its label files, CIFAR-10, or a folder with a folder for each kind",
              data.description()));
    }
    if (Arrays.stream(fitted.kinds()).distinct().count() < 2) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "all pictures show '%s'; at least two kinds expected: %s",
              data.learnt().kinds().get(fitted.kinds()[0]),
              data.description()));
    }
    Representations representations = new Representations(modality, model, backend);
    Accuracy trained = accuracy(fitted, judged, representations, kinds);
    TrainingStepper.initialize(backend, parameters, seed);
    Accuracy beginning = accuracy(fitted, judged, representations, kinds);
    return new LinearProbe(
        kinds,
        fitted.kinds().length,
        judged.kinds().length,
        trained,
        beginning,
        accuracy(fitted.pixels(), judged.pixels(), 0, 0, kinds),
        new Accuracy(0, 0, 0, mostFrequent(fitted.kinds(), judged.kinds(), kinds)));
  }

  private static Accuracy accuracy(
      ProbeSample fitted, ProbeSample judged, Representations representations, int kinds) {
    long begun = System.nanoTime();
    LinearClassifier.Rows toFit = fitted.by(representations);
    LinearClassifier.Rows toJudge = judged.by(representations);
    return accuracy(toFit, toJudge, 1, (System.nanoTime() - begun) / NANOS, kinds);
  }

  private static Accuracy accuracy(
      LinearClassifier.Rows fitted,
      LinearClassifier.Rows judged,
      int evaluations,
      double seconds,
      int kinds) {
    double share = LinearClassifier.fit(fitted, kinds).accuracy(judged);
    return new Accuracy(fitted.numbers()[0].length, evaluations, seconds, share);
  }

  private static double mostFrequent(int[] fitted, int[] judged, int kinds) {
    int[] counts = new int[kinds];
    Arrays.stream(fitted).forEach(kind -> counts[kind]++);
    int most =
        IntStream.range(0, kinds).reduce((a, b) -> counts[b] > counts[a] ? b : a).orElseThrow();
    return Arrays.stream(judged).filter(kind -> kind == most).count() / (double) judged.length;
  }
}
