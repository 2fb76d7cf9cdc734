package dev.ebt.vision.probe;

import dev.ebt.backend.Backend;
import dev.ebt.energy.RepresentationModel;
import dev.ebt.error.UserException;
import dev.ebt.modality.DiffusionModality;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.train.Teacher;
import dev.ebt.vision.PictureDataset;
import dev.ebt.vision.picture.Picture;
import dev.ebt.vision.picture.Pictures;
import java.util.Arrays;
import java.util.List;
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

  /**
   * A share of pictures whose kind is told, 0 to 1.
   *
   * @param numbers what it is told from
   */
  public record Accuracy(int numbers, double share) {}

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
    Sample fitted = Sample.of(data.learnt(), most);
    Sample judged = Sample.of(data.judged(), most);
    int kinds = data.learnt().kinds().size();
    if (fitted.kinds().length == 0 || judged.kinds().length == 0) {
      throw new UserException(
          "nothing says what the pictures show: %s. Labels expected: MNIST with its label files, CIFAR-10, or a folder with a folder for each kind"
              .formatted(data.description()));
    }
    if (Arrays.stream(fitted.kinds()).distinct().count() < 2) {
      throw new UserException(
          "all pictures show '%s'; at least two kinds expected: %s"
              .formatted(data.learnt().kinds().get(fitted.kinds()[0]), data.description()));
    }
    Representations representations = new Representations(modality, model, backend);
    Accuracy trained = accuracy(fitted.by(representations), judged.by(representations), kinds);
    Teacher.initialize(backend, parameters, seed);
    Accuracy beginning = accuracy(fitted.by(representations), judged.by(representations), kinds);
    return new LinearProbe(
        kinds,
        fitted.kinds().length,
        judged.kinds().length,
        trained,
        beginning,
        accuracy(fitted.pixels(), judged.pixels(), kinds),
        new Accuracy(0, mostFrequent(fitted.kinds(), judged.kinds(), kinds)));
  }

  private static Accuracy accuracy(
      LinearClassifier.Rows fitted, LinearClassifier.Rows judged, int kinds) {
    return new Accuracy(
        fitted.numbers()[0].length, LinearClassifier.fit(fitted, kinds).accuracy(judged));
  }

  private static double mostFrequent(int[] fitted, int[] judged, int kinds) {
    int[] counts = new int[kinds];
    Arrays.stream(fitted).forEach(kind -> counts[kind]++);
    int most =
        IntStream.range(0, kinds).reduce((a, b) -> counts[b] > counts[a] ? b : a).orElseThrow();
    return Arrays.stream(judged).filter(kind -> kind == most).count() / (double) judged.length;
  }

  /** Pictures of known kinds, taken evenly from all there are. */
  private record Sample(Pictures pictures, List<Integer> chosen, int[] kinds) {
    static Sample of(Pictures pictures, int most) {
      List<Integer> known =
          IntStream.range(0, pictures.size())
              .filter(i -> !pictures.kinds().isEmpty() && pictures.kind(i) != Picture.UNKNOWN)
              .boxed()
              .toList();
      int count = Math.min(most, known.size());
      List<Integer> chosen =
          IntStream.range(0, count)
              .mapToObj(i -> known.get((int) ((long) i * known.size() / count)))
              .toList();
      return new Sample(pictures, chosen, chosen.stream().mapToInt(pictures::kind).toArray());
    }

    LinearClassifier.Rows by(Representations representations) {
      return new LinearClassifier.Rows(representations.of(pictures, chosen), kinds);
    }

    LinearClassifier.Rows pixels() {
      double[][] values =
          chosen.stream().map(i -> Representations.pixels(pictures, i)).toArray(double[][]::new);
      return new LinearClassifier.Rows(values, kinds);
    }
  }
}
