package dev.ebt.vision;

import dev.ebt.energy.RepresentationModel;
import dev.ebt.interact.Probe;
import dev.ebt.modality.DiffusionModality;
import dev.ebt.run.ConfigurationRules;
import dev.ebt.run.RunParts;
import dev.ebt.vision.probe.LinearProbe;
import java.util.List;

/** The linear probe of models of images, by their labels. */
public final class ImageProbe implements Probe {
  @Override
  public String name() {
    return "linear";
  }

  @Override
  public String summary() {
    return "a linear classifier over the last block of a model of images";
  }

  @Override
  public String subject() {
    return "images";
  }

  @Override
  public boolean supports(RunParts model) {
    return model.modality() instanceof DiffusionModality
        && model.model() instanceof RepresentationModel
        && model.dataset() instanceof ImageDataset;
  }

  @Override
  public Results probe(RunParts model, int rows) {
    ConfigurationRules.checkNoThinking(model);
    ImageDataset dataset = (ImageDataset) model.dataset();
    LinearProbe probe =
        LinearProbe.of(
            dataset.trainingImages(),
            dataset.validationImages(),
            dataset.description(),
            (DiffusionModality) model.modality(),
            (RepresentationModel) model.model(),
            model.backend(),
            model.parameters(),
            model.configuration().seed(),
            rows);
    return new Results(
        probe.classes(),
        probe.fitted(),
        probe.evaluated(),
        accuracy(probe.model()),
        List.of(
            new Baseline(
                "accuracyOfUntrainedModel", "untrained model", accuracy(probe.beginning())),
            new Baseline("accuracyOfPixels", "pixels", accuracy(probe.pixels())),
            new Baseline(
                "accuracyOfMostFrequent", "most frequent class", accuracy(probe.mostFrequent()))));
  }

  private static Accuracy accuracy(LinearProbe.Accuracy found) {
    return new Accuracy(found.numbers(), found.evaluations(), found.seconds(), found.share());
  }
}
