package dev.ebt.text.experiment.scaling;

import dev.ebt.experiment.TrainingWork;
import java.util.Arrays;
import java.util.List;

/** What a scaling experiment varies, with the published advantage of EBTs (arXiv 2507.02092 v1). */
public enum ScalingAxis {
  /** The text of a training, by its length. */
  DATA("data", "bytes", "bytes of training text", 0.3598, lengths(), 2) {
    @Override
    String value(ScalingSize size) {
      return Long.toString(size.bytes());
    }

    @Override
    double quantity(ScalingSize size, TrainingWork work) {
      return size.bytes();
    }
  },
  /** The windows of an update. */
  BATCH("batch", "batch", "windows per update", 0.2846, batches(), 0) {
    @Override
    String value(ScalingSize size) {
      return Integer.toString(size.batch());
    }

    @Override
    double quantity(ScalingSize size, TrainingWork work) {
      return size.batch();
    }
  },
  /** The blocks of the model. */
  DEPTH("depth", "layers", "blocks", 0.0529, depths(), 0) {
    @Override
    String value(ScalingSize size) {
      return Integer.toString(size.layers());
    }

    @Override
    double quantity(ScalingSize size, TrainingWork work) {
      return size.layers();
    }
  },
  /** The width of the model. */
  WIDTH("width", "width", "width", 0.0002, widths(), 0, 4) {
    @Override
    String value(ScalingSize size) {
      return Integer.toString(size.width());
    }

    @Override
    double quantity(ScalingSize size, TrainingWork work) {
      return size.width();
    }
  },
  /** The floating-point operations of a training, by width and length together. */
  FLOPS("flops", "size", "FLOPs of training", 0.0292, together(), 0, 4) {
    @Override
    String value(ScalingSize size) {
      return size.width() + "x" + size.updates();
    }

    @Override
    double quantity(ScalingSize size, TrainingWork work) {
      return work.operations();
    }
  };

  private static final int LAYERS = 2;
  private static final int NARROW = 32;
  private static final int FEW = 4;

  private final String name;
  private final String valueName;
  private final String label;
  private final double published;
  private final List<ScalingSize> sizes;
  private final List<ScalingSize> swept;

  ScalingAxis(
      String name,
      String valueName,
      String label,
      double published,
      List<ScalingSize> sizes,
      int... swept) {
    this.name = name;
    this.valueName = valueName;
    this.label = label;
    this.published = published;
    this.sizes = sizes;
    this.swept = Arrays.stream(swept).mapToObj(sizes::get).toList();
  }

  /** Returns the value that tells runs apart. */
  abstract String value(ScalingSize size);

  /** Returns the quantity that the loss is fitted over. */
  abstract double quantity(ScalingSize size, TrainingWork work);

  /** Returns the word for it in names of experiments. */
  String word() {
    return name;
  }

  /** Returns the name of the value that tells runs apart. */
  String valueName() {
    return valueName;
  }

  /** Returns the words for the quantity. */
  String label() {
    return label;
  }

  /** Returns by how much the published exponent of EBTs is higher, as a share. */
  double published() {
    return published;
  }

  /** Returns the sizes in full, ascending. */
  List<ScalingSize> sizes() {
    return sizes;
  }

  /** Returns the sizes at which learning rates are compared: where widths differ, both ends. */
  List<ScalingSize> swept() {
    return swept;
  }

  private static List<ScalingSize> lengths() {
    return List.of(150, 300, 600, 1200, 2400).stream()
        .map(updates -> new ScalingSize(LAYERS, NARROW, FEW, updates))
        .toList();
  }

  private static List<ScalingSize> batches() {
    return List.of(4, 8, 16, 32).stream()
        .map(batch -> new ScalingSize(LAYERS, NARROW, batch, 400))
        .toList();
  }

  private static List<ScalingSize> depths() {
    return List.of(1, 2, 3, 4, 6).stream()
        .map(layers -> new ScalingSize(layers, NARROW, FEW, 600))
        .toList();
  }

  private static List<ScalingSize> widths() {
    return List.of(32, 48, 64, 96, 128).stream()
        .map(width -> new ScalingSize(LAYERS, width, FEW, 500))
        .toList();
  }

  private static List<ScalingSize> together() {
    return List.of(
        new ScalingSize(LAYERS, 32, FEW, 200),
        new ScalingSize(LAYERS, 40, FEW, 300),
        new ScalingSize(LAYERS, 48, FEW, 450),
        new ScalingSize(LAYERS, 64, FEW, 650),
        new ScalingSize(LAYERS, 80, FEW, 1000));
  }
}
