package dev.ebt.optimize;

/** The gradient as it is. */
public record Identity() implements GradientTransform {
  @Override
  public Transformed transform(Optimizer.Inputs s) {
    return Transformed.of(s.gradient());
  }
}
