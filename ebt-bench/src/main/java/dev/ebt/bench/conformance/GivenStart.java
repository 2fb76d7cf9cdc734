package dev.ebt.bench.conformance;

import dev.ebt.bench.synthetic.PlaceholderTokenizer;
import dev.ebt.modality.FeatureSpec;
import dev.ebt.modality.Modality;
import dev.ebt.nn.Parameters;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.NamedTensors;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.text.TextModality;
import dev.ebt.text.TextSettings;
import dev.ebt.text.TextSettings.CandidateEmbedding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A text modality whose initial candidate is an input, as in reference cases. */
final class GivenStart implements Modality {
  static final String NAME = "initialLogits";

  private final TextModality text;

  GivenStart(int vocabulary, int length, CandidateEmbedding embedding) {
    this.text =
        new TextModality(
            new TextSettings(length, null, null, null, embedding, null),
            new PlaceholderTokenizer(vocabulary));
  }

  @Override
  public List<FeatureSpec> context() {
    List<FeatureSpec> features = new ArrayList<>(text.context());
    features.add(new FeatureSpec(NAME, text.candidate(), ElementType.REAL));
    return features;
  }

  @Override
  public FeatureSpec target() {
    return text.target();
  }

  @Override
  public Shape predictions() {
    return text.predictions();
  }

  @Override
  public Shape candidate() {
    return text.candidate();
  }

  @Override
  public Tensor initialCandidate(NamedTensors context, Tensor key, Shape shape) {
    return context.get(NAME);
  }

  @Override
  public Tensor toModelInput(Tensor candidate) {
    return text.toModelInput(candidate);
  }

  @Override
  public Tensor embedContext(NamedTensors context, int width, Parameters parameters) {
    return text.embedContext(context, width, parameters);
  }

  @Override
  public Tensor embedCandidate(Tensor modelInput, int width, Parameters parameters) {
    return text.embedCandidate(modelInput, width, parameters);
  }

  @Override
  public Tensor loss(Tensor candidate, Tensor target) {
    return text.loss(candidate, target);
  }

  @Override
  public Tensor labelSmoothedLoss(Tensor candidate, Tensor target, double share) {
    return text.labelSmoothedLoss(candidate, target, share);
  }

  @Override
  public Tensor targetCandidate(Tensor target) {
    return text.targetCandidate(target);
  }

  @Override
  public String describe(Map<String, Array> context, Array values) {
    return text.describe(context, values);
  }
}
