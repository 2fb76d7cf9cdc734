package dev.ebt.vision.probe;

import dev.ebt.backend.Backend;
import dev.ebt.energy.RepresentationModel;
import dev.ebt.error.UserException;
import dev.ebt.modality.DiffusionModality;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.train.TrainingStepper;
import dev.ebt.vision.image.ImageSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A linear probe of a model that was trained without labels: the accuracy of a {@link
 * LinearClassifier} over its {@link Representations}, beside baselines that involve no training.
 *
 * @param kinds the number of classes
 * @param fitted the number of images that the classifiers were fitted to
 * @param judged the number of other images, over which accuracies are computed
 * @param model the trained model
 * @param beginning the same model at initialization, when its blocks do nothing yet
 * @param pixels the images themselves
 * @param mostFrequent the most frequent class of the images fitted to, for every image
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
   * The share of images whose class is predicted correctly, 0 to 1.
   *
   * @param numbers the number of features
   * @param evaluations of the network for each image
   * @param seconds the time of these for all images, fitted and evaluated
   */
  public record Accuracy(int numbers, int evaluations, double seconds, double share) {}

  /**
   * Probes the model whose parameters are on the backend; replaces them by the initial ones.
   *
   * @param learnt the images to fit to
   * @param held the images to evaluate on
   * @param description of the data, for messages
   * @param parameters of the whole model
   * @param seed the seed of the initial parameters
   * @param most the greatest number of images to fit to, and to evaluate on
   * @throws UserException if there are no labels, or only one class
   */
  public static LinearProbe of(
      ImageSource learnt,
      ImageSource held,
      String description,
      DiffusionModality modality,
      RepresentationModel model,
      Backend backend,
      List<ParameterSpec> parameters,
      long seed,
      int most) {
    ProbeSample fitted = ProbeSample.of(learnt, most);
    ProbeSample judged = ProbeSample.of(held, most);
    int kinds = learnt.kinds().size();
    if (fitted.kinds().length == 0 || judged.kinds().length == 0) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "the images have no labels: %s. Use MNIST with its label files, CIFAR-10,"
                  + " or one folder per class",
              description));
    }
    if (Arrays.stream(fitted.kinds()).distinct().count() < 2) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "all images have the class '%s'; at least two classes expected: %s",
              learnt.kinds().get(fitted.kinds()[0]),
              description));
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
