package dev.ebt.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ebt.backend.reference.ReferenceBackend;
import dev.ebt.modality.LatentSpace;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The contract tests of latent spaces: shapes of encoding and decoding, independence of arrays,
 * derivatives in both directions, and restoring from fitted artifacts. Checked in double precision.
 * The test of an encoder extends this class and inherits all tests.
 */
public abstract class LatentSpaceContract {
  /**
   * Returns the latent space of a small encoder, not fitted yet; each call returns a new, equal
   * one.
   */
  protected abstract LatentSpace space();

  /** Returns at least two arrays of data, [values] each; few values suffice. */
  protected abstract List<float[]> arrays();

  @Test
  final void axesBeforeTheLastStay() {
    LatentSpace space = fitted();
    int values = arrays().get(0).length;
    for (Shape rows : List.of(Shape.scalar(), Shape.of(2), Shape.of(1, 3))) {
      Tensor latents = space.encode(Tensor.zeros(rows.plus(values)));
      assertThat(latents.shape()).isEqualTo(rows.plus(space.size()));
      assertThat(space.decode(latents).shape()).isEqualTo(rows.plus(values));
    }
  }

  @Test
  final void arraysDoNotMix() {
    LatentSpace space = fitted();
    List<float[]> arrays = arrays();
    apart(arrays, space::encode);
    List<float[]> latents = new ArrayList<>();
    for (float[] array : arrays) {
      latents.add(Array.of(Shape.of(space.size()), run(space::encode, array)).floats());
    }
    apart(latents, space::decode);
  }

  private static void apart(List<float[]> arrays, UnaryOperator<Tensor> way) {
    double[] together = run(way, arrays.toArray(float[][]::new));
    int size = together.length / arrays.size();
    for (int i = 0; i < arrays.size(); i++) {
      assertThat(run(way, arrays.get(i)))
          .containsExactly(Arrays.copyOfRange(together, i * size, (i + 1) * size), within(1e-9));
    }
  }

  @Test
  final void bothWaysHaveDerivatives() {
    LatentSpace space = fitted();
    FiniteDifferences.check(
        x -> space.encode(x.get(0)), List.of(TestArrays.mixed(1, 2, arrays().get(0).length)));
    FiniteDifferences.check(
        z -> space.decode(z.get(0)), List.of(TestArrays.mixed(2, 2, space.size())));
  }

  @Test
  final void whatIsFittedComesBackAndIsNotFittedAgain() {
    LatentSpace one = fitted();
    Map<String, Shape> shapes = new HashMap<>();
    one.fitted().forEach((name, array) -> shapes.put(name, array.shape()));
    assertThat(space().fittedShapes()).as("known before it is fitted").isEqualTo(shapes);
    assertThat(fitted().fitted()).as("fitted twice").isEqualTo(one.fitted());

    LatentSpace other = space();
    other.restore(one.fitted());
    other.fit(arrays().subList(1, 2));
    assertThat(other.fitted()).isEqualTo(one.fitted());
    float[] array = arrays().get(0);
    assertThat(run(other::encode, array)).isEqualTo(run(one::encode, array));
    assertThat(other.fingerprint()).isEqualTo(one.fingerprint()).isNotBlank();
  }

  private LatentSpace fitted() {
    LatentSpace space = space();
    space.fit(arrays());
    return space;
  }

  private static double[] run(UnaryOperator<Tensor> way, float[]... rows) {
    float[] all = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, all, i * rows[0].length, rows[0].length);
    }
    Tensor x = Tensor.constant(Array.of(Shape.of(rows.length, rows[0].length), all));
    try (ReferenceBackend backend = new ReferenceBackend()) {
      return backend
          .compile(Program.named("way").output("result", way.apply(x)).build())
          .run(Map.of())
          .get("result")
          .doubles();
    }
  }
}
