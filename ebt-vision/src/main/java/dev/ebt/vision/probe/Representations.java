package dev.ebt.vision.probe;

import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.energy.DenoisingModel;
import dev.ebt.energy.RepresentationModel;
import dev.ebt.error.Required;
import dev.ebt.modality.DiffusionModality;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.vision.image.ImageSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Representations of images by a model: the mean over patches of the output of its last block for
 * the image without noise (arXiv 2507.02092, appendix); for a diffusion model, at time 0. The
 * context is the same for all images, so that a class-conditional model cannot leak the class.
 */
public final class Representations {
  private static final String IMAGES = "images";
  private static final int TOGETHER = 50;

  private final Executable executable;
  private final Shape shape;

  /** Creates representations by the model whose parameters are on the backend. */
  public Representations(DiffusionModality modality, RepresentationModel model, Backend backend) {
    shape = Shape.of(TOGETHER).plus(modality.candidate().toIntArray());
    Parameters parameters = new Parameters();
    Tensor images = Tensor.input(IMAGES, shape, ElementType.REAL);
    Tensor embedded = modality.embedCandidate(images, model.width(), parameters);
    Tensor tokens = model.represent(embedded, condition(modality, model, parameters), parameters);
    executable = backend.compile(Program.named("represent").output("mean", tokens.mean(1)).build());
  }

  private static @Nullable Tensor condition(
      DiffusionModality modality, RepresentationModel model, Parameters parameters) {
    Map<String, Tensor> nothing = new LinkedHashMap<>();
    for (FeatureSpec feature : modality.context()) {
      Shape whole = feature.shape(TOGETHER);
      nothing.put(
          feature.name(),
          feature.type() == ElementType.INTEGER
              ? Tensor.constant(Array.of(whole, new long[whole.elements()]))
              : Tensor.zeros(whole));
    }
    NamedTensors context = NamedTensors.of(nothing);
    return model instanceof DenoisingModel
        ? modality.condition(context, model.width(), parameters)
        : modality.embedContext(context, model.width(), parameters);
  }

  /** Returns the features of these images, [images][width]. */
  public double[][] of(ImageSource images, List<Integer> chosen) {
    double[][] all = new double[chosen.size()][];
    for (int from = 0; from < all.length; from += TOGETHER) {
      double[][] some = new double[TOGETHER][];
      for (int i = 0; i < TOGETHER; i++) {
        some[i] = pixels(images, chosen.get(Math.min(from + i, all.length - 1)));
      }
      double[] means = Required.of(executable.run(Map.of(IMAGES, flat(some))), "mean").doubles();
      int width = means.length / TOGETHER;
      for (int i = 0; i < TOGETHER && from + i < all.length; i++) {
        all[from + i] = java.util.Arrays.copyOfRange(means, i * width, (i + 1) * width);
      }
    }
    return all;
  }

  /** Returns the values of an image, −1 to 1. */
  static double[] pixels(ImageSource images, int index) {
    byte[] planes = images.planes(index);
    double[] values = new double[planes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (planes[i] & 0xFF) / 127.5 - 1;
    }
    return values;
  }

  private Array flat(double[][] rows) {
    float[] values = new float[shape.elements()];
    int width = rows[0].length;
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rows[i / width][i % width];
    }
    return Array.of(shape, values);
  }
}
