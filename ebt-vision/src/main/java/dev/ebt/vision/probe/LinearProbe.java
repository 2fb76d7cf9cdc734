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
 * @param classes the number of classes
 * @param fitted the number of images that the classifiers were fitted to
 * @param evaluated the number of other images, over which accuracies are computed
 * @param model the trained model
 * @param beginning the same model at initialization, when its blocks do nothing yet
 * @param pixels the images themselves
 * @param mostFrequent the most frequent class of the images fitted to, for every image
 */
public record LinearProbe(
    int classes,
    int fitted,
    int evaluated,
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
   * @param training the images to fit to
   * @param held the images to evaluate on
   * @param description of the data, for messages
   * @param parameters of the whole model
   * @param seed the seed of the initial parameters
   * @param most the greatest number of images to fit to, and to evaluate on
   * @throws UserException if there are no labels, or only one class
   */
  public static LinearProbe of(
      ImageSource training,
      ImageSource held,
      String description,
      DiffusionModality modality,
      RepresentationModel model,
      Backend backend,
      List<ParameterSpec> parameters,
      long seed,
      int most) {
    ProbeSample fitted = ProbeSample.of(training, most);
    ProbeSample evaluated = ProbeSample.of(held, most);
    int classes = training.classes().size();
    if (fitted.labels().length == 0 || evaluated.labels().length == 0) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "the images have no labels: %s. Use MNIST with its label files, CIFAR-10,"
                  + " or one folder per class",
              description));
    }
    if (Arrays.stream(fitted.labels()).distinct().count() < 2) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "all images have the class '%s'; at least two classes expected: %s",
              training.classes().get(fitted.labels()[0]),
              description));
    }
    Representations representations = new Representations(modality, model, backend);
    Accuracy trained = accuracy(fitted, evaluated, representations, classes);
    TrainingStepper.initialize(backend, parameters, seed);
    Accuracy beginning = accuracy(fitted, evaluated, representations, classes);
    return new LinearProbe(
        classes,
        fitted.labels().length,
        evaluated.labels().length,
        trained,
        beginning,
        accuracy(fitted.pixels(), evaluated.pixels(), 0, 0, classes),
        new Accuracy(0, 0, 0, mostFrequent(fitted.labels(), evaluated.labels(), classes)));
  }

  private static Accuracy accuracy(
      ProbeSample fitted, ProbeSample evaluated, Representations representations, int classes) {
    long begun = System.nanoTime();
    LinearClassifier.Rows toFit = fitted.by(representations);
    LinearClassifier.Rows toEvaluate = evaluated.by(representations);
    return accuracy(toFit, toEvaluate, 1, (System.nanoTime() - begun) / NANOS, classes);
  }

  private static Accuracy accuracy(
      LinearClassifier.Rows fitted,
      LinearClassifier.Rows evaluated,
      int evaluations,
      double seconds,
      int classes) {
    double share = LinearClassifier.fit(fitted, classes).accuracy(evaluated);
    return new Accuracy(fitted.numbers()[0].length, evaluations, seconds, share);
  }

  private static double mostFrequent(int[] fitted, int[] evaluated, int classes) {
    int[] counts = new int[classes];
    Arrays.stream(fitted).forEach(label -> counts[label]++);
    int most =
        IntStream.range(0, classes).reduce((a, b) -> counts[b] > counts[a] ? b : a).orElseThrow();
    return Arrays.stream(evaluated).filter(label -> label == most).count()
        / (double) evaluated.length;
  }
}
