package example;

import dev.ebt.backend.Backend;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.tensorflow.TensorFlowBackend;
import dev.ebt.tensorflow.TensorFlowSettings;
import java.util.Map;

/** Computes the derivative of x² at 3 on TensorFlow. */
public final class Derivative {
  private Derivative() {}

  public static void main(String[] arguments) {
    Tensor x = Tensor.input("x", Shape.of(1), ElementType.REAL);
    Program program =
        Program.named("square").output("derivative", Gradients.of(x.times(x).sum(), x)).build();
    try (Backend backend = TensorFlowBackend.open(TensorFlowSettings.defaults())) {
      Map<String, Array> results =
          backend.compile(program).run(Map.of("x", Array.of(Shape.of(1), 3.0)));
      System.out.println("the derivative of x² at 3 is " + results.get("derivative").real(0));
    }
  }
}
