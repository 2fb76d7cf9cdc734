package dev.ebt.vision;

import dev.ebt.energy.EnergyTerm;
import dev.ebt.energy.Model;
import dev.ebt.error.UserException;
import dev.ebt.experiment.Experiment;
import dev.ebt.experiment.ExperimentPlugin;
import dev.ebt.inference.InferenceAdapter;
import dev.ebt.inference.InferencePlugin;
import dev.ebt.interact.Interaction;
import dev.ebt.interact.Probe;
import dev.ebt.interact.VariedSetting;
import dev.ebt.modality.Dataset;
import dev.ebt.modality.LatentEncoder;
import dev.ebt.modality.Modality;
import dev.ebt.plugin.BundledModel;
import dev.ebt.plugin.Expectation;
import dev.ebt.plugin.Factory;
import dev.ebt.plugin.PartContext;
import dev.ebt.plugin.SuggestedRecipe;
import dev.ebt.report.ReportPlugin;
import dev.ebt.report.ReportSection;
import dev.ebt.vision.encoder.AutoencoderSettings;
import dev.ebt.vision.encoder.PixelSpace;
import dev.ebt.vision.encoder.PrincipalComponentSettings;
import dev.ebt.vision.encoder.PrincipalComponents;
import dev.ebt.vision.encoder.TrainedAutoencoder;
import dev.ebt.vision.encoder.TrainedAutoencoderSettings;
import dev.ebt.vision.experiment.DenoisingPasses;
import dev.ebt.vision.image.ImageStore;
import dev.ebt.vision.pairs.PairDatasetSettings;
import dev.ebt.vision.video.BouncingDatasetSettings;
import dev.ebt.vision.video.ClipDatasetSettings;
import dev.ebt.vision.video.ClipInference;
import dev.ebt.vision.video.ClipModality;
import dev.ebt.vision.video.NextFrameModality;
import dev.ebt.vision.video.VideoDataset;
import dev.ebt.vision.video.VideoSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The plugin with image denoising, image generation, next-frame prediction, encoders of frames,
 * their datasets, and experiments with them.
 */
public final class VisionPlugin implements InferencePlugin, ReportPlugin, ExperimentPlugin {
  @Override
  public String name() {
    return "vision";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public List<Factory<? extends Modality, ?>> modalities() {
    return List.of(
        Factory.of(
            DenoisingModality.NAME,
            "a clean image predicted from a noisy one; candidates are images",
            DenoisingSettings.class,
            (settings, context) -> new DenoisingModality(settings)),
        Factory.of(
            NextFrameModality.NAME,
            "each frame of a clip predicted from those before it; candidates are frames",
            VideoSettings.class,
            (settings, context) ->
                new NextFrameModality(
                    settings, context.part(LatentEncoder.class, settings.encoder()))),
        Factory.of(
            ReconstructionModality.NAME,
            "the reconstruction of a frame from a few latents, for training an autoencoder",
            AutoencodingSettings.class,
            (settings, context) -> new ReconstructionModality(settings)),
        Factory.of(
            ImageGeneration.NAME,
            "an image from noise, conditioned on a class or a vector; candidates are" + " images",
            GenerationSettings.class,
            (settings, context) -> new ImageGeneration(settings)));
  }

  @Override
  public List<Factory<? extends Dataset, ?>> datasets() {
    return List.of(
        Factory.of(
            DenoisingModality.NAME,
            "your own images: a folder of PNG, JPEG, WebP, TIFF …; MNIST's IDX; CIFAR-10"
                + " batches",
            ImageDatasetSettings.class,
            (settings, context) ->
                own(settings, modality(DenoisingModality.NAME, context), context)),
        Factory.of(
            ImageGeneration.NAME,
            "your own images, with labels (MNIST, CIFAR-10, one folder per class) or a"
                + " file of vectors",
            ImageDatasetSettings.class,
            (settings, context) -> own(settings, modality(ImageGeneration.NAME, context), context)),
        Factory.of(
            PairDatasetSettings.NAME,
            "pairs of noise and image of a run, for objective paired; see think --pairs",
            PairDatasetSettings.class,
            PairDatasets::of),
        Factory.of(
            "single-shapes",
            "built-in images of one bright shape each, in four classes",
            ProceduralImageSettings.class,
            (settings, context) ->
                Datasets.single(settings, modality("single-shapes", context), context.seed())),
        Factory.of(
            "shapes",
            "built-in images of shapes, gradients and textures",
            ProceduralImageSettings.class,
            (settings, context) ->
                Datasets.shapes(settings, modality("shapes", context), context.seed())),
        Factory.of(
            NextFrameModality.NAME,
            "your own clips: a folder of animated GIFs and folders of frames",
            ClipDatasetSettings.class,
            (settings, context) -> own(settings, clips(NextFrameModality.NAME, context), context)),
        Factory.of(
            ReconstructionModality.NAME,
            "the frames of your own clips: a folder of animated GIFs and folders of frames",
            ClipDatasetSettings.class,
            (settings, context) ->
                own(settings, clips(ReconstructionModality.NAME, context), context)),
        Factory.of(
            "bouncing",
            "built-in clips of shapes that walls throw back",
            BouncingDatasetSettings.class,
            (settings, context) -> VideoDataset.bouncing(settings, clips("bouncing", context))));
  }

  @Override
  public List<Factory<? extends LatentEncoder, ?>> encoders() {
    return List.of(
        Factory.of(
            "pixels",
            "frames as they are, values from -1 to 1",
            PixelSpace.Settings.class,
            (settings, context) -> PixelSpace::new),
        Factory.of(
            "pca",
            "frames by the directions in which those for training differ most",
            PrincipalComponentSettings.class,
            (settings, context) -> frame -> new PrincipalComponents(settings, frame)),
        Factory.of(
            TrainedAutoencoder.NAME,
            "frames by an autoencoder: a run of recipe 'autoencoder', or a .safetensors file",
            TrainedAutoencoderSettings.class,
            (settings, context) -> TrainedAutoencoder.read(context.file(settings.path()))));
  }

  @Override
  public List<Factory<? extends Model, ?>> models() {
    return List.of(
        Factory.of(
            TrainedAutoencoder.NAME,
            "An autoencoder of frames without convolutions",
            AutoencoderSettings.class,
            ReconstructionModality::autoencoder));
  }

  @Override
  public List<Factory<? extends EnergyTerm, ?>> energies() {
    return List.of(
        Factory.of(
            "image-class",
            "The energy that another run, or the same, gives images of one class",
            ClassEnergySettings.class,
            ClassEnergy::of),
        Factory.of(
            "image-symmetry",
            "The distance of an image from its mirror image, left and right exchanged",
            MirrorSymmetry.class,
            (settings, context) -> MirrorSymmetry.of(context.modality())));
  }

  @Override
  public List<Interaction<?>> interactions() {
    return List.of(
        new DenoisedImage(),
        new FilledImage(),
        new StageStrips(),
        new ClassSamples(),
        new VectorSamples(),
        new DrawnPairs(),
        new ClipContinuation());
  }

  @Override
  public List<ReportSection> reportSections() {
    return List.of(new ImageStages(), new ClipRolls());
  }

  @Override
  public List<Experiment> experiments() {
    return List.of(new DenoisingPasses());
  }

  @Override
  public List<InferenceAdapter<?, ?>> inferenceAdapters() {
    return List.of(
        new DenoisingInference(),
        new GenerationInference(),
        new FillingInference(),
        new ClipInference());
  }

  @Override
  public List<VariedSetting> variedSettings() {
    return List.of(
        new VariedSetting(
            "noise",
            "L",
            "Levels of noise to judge images by (the one of training).",
            "images",
            DenoisingModality.NAME,
            // Just this level, also where training drew levels from a range.
            level -> Map.of("modality.noise", level, "modality.minimumNoise", level)));
  }

  @Override
  public List<Probe> probes() {
    return List.of(new ImageProbe());
  }

  @Override
  public Map<String, String> recipes() {
    return VisionRecipes.all();
  }

  @Override
  public List<Expectation> expectations() {
    return VisionRecipes.expectations();
  }

  @Override
  public List<BundledModel> bundledModels() {
    return List.of(
        BundledModel.of(
            "shapes", "removes noise from images of shapes: built-in images", VisionPlugin.class),
        BundledModel.of(
            "new-shapes", "makes images of four kinds of shapes from noise", VisionPlugin.class));
  }

  @Override
  public List<SuggestedRecipe> suggestedRecipes() {
    return List.of(SuggestedRecipe.of("denoise", "images"), SuggestedRecipe.of("video", "clips"));
  }

  private static Dataset own(ClipDatasetSettings data, ClipModality modality, PartContext context) {
    return VideoDataset.own(data, modality, context.progress());
  }

  private static Dataset own(
      ImageDatasetSettings data, ImageModality modality, PartContext context) {
    ImageSpec space = modality.space();
    ImageStore store = new ImageStore(space.channels(), space.size());
    return Datasets.own(data, modality, context.seed(), store, context.progress());
  }

  private static ImageModality modality(String dataset, PartContext context) {
    if (context.modality() instanceof ImageModality modality) {
      return modality;
    }
    throw new UserException(
        String.format(
            Locale.ROOT,
            "dataset '%s' has images: it needs the modality '%s' or '%s'",
            dataset,
            DenoisingModality.NAME,
            ImageGeneration.NAME));
  }

  private static ClipModality clips(String dataset, PartContext context) {
    if (context.modality() instanceof ClipModality modality) {
      return modality;
    }
    throw new UserException(
        String.format(
            Locale.ROOT,
            "dataset '%s' is clips: it needs the modality '%s' or '%s'",
            dataset,
            NextFrameModality.NAME,
            ReconstructionModality.NAME));
  }
}
