package dev.ebt.bench.toy;

import dev.ebt.backend.Executable;
import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.error.Required;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;

/** Energies of points on the host, by the reference backend in double precision. */
final class HostEnergy {
  private static final String POINTS = "points";
  private static final String ENERGY = "energy";

  /** The number of points of one run, which bounds the memory. */
  private static final int ROWS = 16_384;

  private HostEnergy() {}

  /** Returns the energy of each point. */
  static double[] of(ToyDistribution distribution, double[][] points) {
    int dimension = distribution.dimension();
    int rows = Math.min(ROWS, points.length);
    Tensor input = Tensor.input(POINTS, Shape.of(rows, dimension), ElementType.REAL);
    Program program = Program.named(ENERGY).output(ENERGY, distribution.energy(input)).build();
    double[] energies = new double[points.length];
    try (ReferenceBackend backend = new ReferenceBackend();
        Executable executable = backend.compile(program)) {
      for (int from = 0; from < points.length; from += rows) {
        double[] flat = new double[rows * dimension];
        for (int i = 0; i < rows; i++) {
          System.arraycopy(
              points[Math.min(from + i, points.length - 1)], 0, flat, i * dimension, dimension);
        }
        Array given = Array.of(Shape.of(rows, dimension), flat);
        double[] found = Required.of(executable.run(Map.of(POINTS, given)), ENERGY).doubles();
        System.arraycopy(
            Arrays.copyOf(found, Math.min(rows, points.length - from)),
            0,
            energies,
            from,
            Math.min(rows, points.length - from));
      }
    }
    return energies;
  }
}
