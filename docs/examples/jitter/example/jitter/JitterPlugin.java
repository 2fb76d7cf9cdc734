package example.jitter;

import dev.ebt.plugin.EbtPlugin;
import dev.ebt.plugin.Factory;
import dev.ebt.regularize.HookContext;
import dev.ebt.regularize.Regularizer;
import dev.ebt.tensor.Tensor;
import java.util.List;

/** Brings the regularizer {@code jitter}: y ← y + size · u, with u uniform in [−½, ½). */
public final class JitterPlugin implements EbtPlugin {
  public record Jitter(double size) implements Regularizer {
    public Tensor beforeStep(Tensor candidate, HookContext site) {
      return candidate.plus(site.uniform(candidate.shape()).minus(0.5).times(size));
    }
  }

  public String name() {
    return "jitter";
  }

  public int spiVersion() {
    return SPI_VERSION;
  }

  public List<Factory<? extends Regularizer, ?>> regularizers() {
    return List.of(Factory.of("jitter", "uniform noise", Jitter.class, (jitter, run) -> jitter));
  }
}
