package dev.ebt.bench.conformance;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ebt.backend.Backend;
import dev.ebt.backend.Executable;
import dev.ebt.bench.conformance.Agreement.Quantity;
import dev.ebt.modality.Batch;
import dev.ebt.model.AutoregressiveEnergy;
import dev.ebt.model.TransformerSettings;
import dev.ebt.model.TransformerSettings.Conditioning;
import dev.ebt.nn.ParameterSpec;
import dev.ebt.nn.Parameters;
import dev.ebt.optimize.AdamW;
import dev.ebt.tensor.Array;
import dev.ebt.tensor.ElementType;
import dev.ebt.tensor.Gradients;
import dev.ebt.tensor.Program;
import dev.ebt.tensor.Shape;
import dev.ebt.tensor.Tensor;
import dev.ebt.think.Thinking;
import dev.ebt.train.EnergyObjective;
import dev.ebt.train.EnergyObjective.GradientThrough;
import dev.ebt.train.EnergyObjective.LossAt;
import dev.ebt.train.Objective.Lesson;
import dev.ebt.train.Schedule;
import dev.ebt.train.Teacher;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A case of kind {@code autoregressive-ebt-text}: energies, states, loss, gradients, training
 * steps.
 */
final class TextCase {
  static final String KIND = "autoregressive-ebt-text";

  private final ReferenceCase reference;
  private final Backend backend;
  private final int rows;
  private final int length;
  private final int vocabulary;
  private final int landscapes;
  private final Teacher.Lessons lessons;

  /** The case, to be computed on this backend. */
  TextCase(ReferenceCase reference, Backend backend) {
    this.reference = reference;
    this.backend = backend;
    Shape initial = reference.tensor("initial_logits").shape();
    this.rows = initial.size(0);
    this.length = initial.size(1);
    this.vocabulary = initial.size(2);
    this.landscapes = reference.flag("mcmc_num_steps").asInt();
    this.lessons = lessons();
  }

  /** The flags whose values ask for something that is not here; empty if all can be computed. */
  static Optional<String> unsupported(ReferenceCase reference) {
    Map<String, String> only = new LinkedHashMap<>();
    only.put("ebt_norm", "rms");
    only.put("ebt_act_func", "silu");
    only.put("vocab_to_embed_uses_prob_dist", "false");
    only.put("clamp_futures_grad", "false");
    only.put("absolute_clamp", "0");
    only.put("soften_target_prob_dist", "0");
    only.put("sharpen_predicted_distribution", "0");
    only.put("contrastive_loss", "false");
    only.put("langevin_dynamics_noise", "0");
    only.put("normalize_initial_condition", "true");
    only.put("normalize_initial_condition_only_first_step", "false");
    only.put("num_modality_processing_mlp_layers", "1");
    only.put("reconstruction_coeff", "1");
    List<String> others = new ArrayList<>();
    only.forEach(
        (flag, value) -> {
          JsonNode found = reference.flag(flag);
          boolean same =
              found.isNumber()
                  ? found.asDouble() == Double.parseDouble(value)
                  : found.asText().equals(value);
          if (!same) {
            others.add(flag + "=" + found.asText());
          }
        });
    String type = reference.flag("ebt_type").asText();
    if (!type.equals("default") && !type.equals("time_embed")) {
      others.add("ebt_type=" + type);
    }
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(others.stream().collect(joining(", ")));
  }

  private Teacher.Lessons lessons() {
    boolean timed = reference.flag("ebt_type").asText().equals("time_embed");
    TransformerSettings settings =
        new TransformerSettings(
            null,
            reference.flag("num_transformer_blocks").asInt(),
            reference.flag("multiheaded_attention_heads").asInt(),
            reference.flag("embedding_dim").asInt(),
            reference.flag("ffn_dim_multiplier").asDouble(1),
            timed ? Conditioning.TIME_EMBED : Conditioning.NONE);
    boolean truncated = reference.flag("truncate_mcmc").asBoolean();
    boolean whole = reference.flag("no_mcmc_detach").asBoolean() && !truncated;
    return new Teacher.Lessons(
        new GivenStart(vocabulary, length),
        new AutoregressiveEnergy(settings, landscapes),
        new EnergyObjective(
            reference.document().path("mcmc_steps").asInt(),
            truncated ? LossAt.LAST : LossAt.EACH,
            whole ? GradientThrough.ALL : GradientThrough.STEP),
        new Thinking(
            landscapes,
            reference.flag("mcmc_step_size").asDouble(),
            reference.flag("mcmc_step_size_learnable").asBoolean(),
            reference.document().path("hparams").path("lr_mult").asDouble(1),
            null,
            null),
        List.of());
  }

  /** Computes everything that the case has numbers for. */
  Agreement compute() {
    Agreement agreement = new Agreement();
    Parameters parameters = new Parameters();
    Lesson lesson = lessons.trace(rows, lessons.objective().plan(lessons.thinking()), parameters);
    List<String> learnt = learnt(parameters.specs());
    assign(parameters.specs());
    try (Executable executable = backend.compile(program(lesson, learnt, parameters))) {
      Map<String, Array> found = executable.run(inputs());
      for (int i = 0; i < lesson.thoughts().size(); i++) {
        compareTensor(agreement, Quantity.ENERGIES, "step" + i + ".energy", found);
        compareTensor(agreement, Quantity.STATES, "step" + i + ".logits", found);
      }
      compareScalar(agreement, "loss", found.get("loss").item());
      compareScalar(agreement, "initial_loss", found.get("first").item());
      compareScalar(agreement, "final_step_loss", found.get("last").item());
      JsonNode trajectory = reference.document().path("trajectory");
      if (trajectory.isMissingNode()) {
        learnt.forEach(name -> compareGradient(agreement, name, found, 1));
      } else {
        train(agreement, trajectory, learnt, executable);
      }
    }
    return agreement;
  }

  /** One forward and backward pass: losses, every step's energies and states, all gradients. */
  private static Program program(Lesson lesson, List<String> learnt, Parameters parameters) {
    Tensor weight = Tensor.input("weight", lesson.loss().shape(), ElementType.REAL);
    Tensor loss = mean(lesson.loss(), weight);
    Program.Builder program = Program.named("case").output("loss", loss);
    program.output("first", mean(lesson.measures().get("firstLoss"), weight));
    program.output("last", mean(lesson.measures().get("lastLoss"), weight));
    for (int i = 0; i < lesson.thoughts().size(); i++) {
      program.output("step" + i + ".energy", lesson.thoughts().get(i).energy());
      program.output("step" + i + ".logits", lesson.thoughts().get(i).candidate());
    }
    List<Tensor> gradients =
        Gradients.of(loss, learnt.stream().map(parameters.tensors()::get).toList());
    for (int i = 0; i < learnt.size(); i++) {
      program.output("grad." + learnt.get(i), gradients.get(i));
    }
    return program.build();
  }

  private void compareTensor(
      Agreement agreement, Quantity quantity, String name, Map<String, Array> found) {
    agreement.compare(quantity, name, reference.tensor(name), found.get(name));
  }

  private void compareScalar(Agreement agreement, String name, double found) {
    reference.scalar(name).ifPresent(s -> agreement.compare(Quantity.LOSS, name, s, found));
  }

  /** A parameter without a reference gradient takes no part in the loss: its gradient is zero. */
  private void compareGradient(
      Agreement agreement, String parameter, Map<String, Array> found, double scale) {
    String name = "grad." + parameter;
    double[] gradient = found.get(name).doubles().clone();
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= scale;
    }
    Shape shape = found.get(name).shape();
    Array expected = reference.tensors().getOrDefault(name, Array.filled(shape, 0));
    agreement.compare(Quantity.GRADIENTS, name, expected, Array.of(shape, gradient));
  }

  /**
   * The optimizer steps of the case's trajectory, on one batch from one initial candidate. The
   * gradients of such a case are those of its last step, clipped.
   */
  private void train(Agreement agreement, JsonNode t, List<String> learnt, Executable once) {
    Batch batch = batch();
    double clip = t.path("clip").asDouble();
    int last = t.path("losses").size() - 1;
    try (Teacher teacher = teacher(t)) {
      teacher.begin();
      assign(teacher.parameters());
      for (int i = 0; i <= last; i++) {
        Map<String, Array> before = i == last ? once.run(inputs()) : Map.of();
        Teacher.Figures figures = teacher.learn(i + 1, List.of(batch));
        String step = "losses[" + i + "]";
        agreement.compare(Quantity.LOSS, step, t.path("losses").path(i).asDouble(), figures.loss());
        double norm = t.path("grad_norms_before_clip").path(i).asDouble();
        agreement.compare(Quantity.GRADIENTS, "norm of " + step, norm, figures.gradientNorm());
        if (i == last) {
          double scale = Math.min(1, clip / figures.gradientNorm());
          learnt.forEach(name -> compareGradient(agreement, name, before, scale));
        }
      }
      for (ParameterSpec spec : teacher.parameters()) {
        String name = "trained." + spec.name();
        agreement.compare(
            Quantity.TRAINED, name, reference.tensor(name), backend.read(spec.variable()));
      }
    }
  }

  private Teacher teacher(JsonNode t) {
    Schedule schedule =
        new Schedule(
            t.path("warm_up_steps").asInt(),
            t.path("max_scheduling_steps").asInt(),
            t.path("peak_lr").asDouble(),
            1 / t.path("min_lr_scale").asDouble(),
            Schedule.FloorOf.COMMON_PEAK);
    AdamW optimizer =
        new AdamW(
            t.path("betas").path(0).asDouble(),
            t.path("betas").path(1).asDouble(),
            t.path("eps").asDouble(),
            t.path("weight_decay").asDouble());
    return new Teacher(lessons, backend, optimizer, schedule, t.path("clip").asDouble(), 0);
  }

  private Batch batch() {
    Map<String, Array> inputs = inputs();
    return new Batch(
        Map.of("tokens", inputs.get("tokens"), GivenStart.NAME, inputs.get(GivenStart.NAME)),
        inputs.get("target"),
        inputs.get("weight"));
  }

  private void assign(List<ParameterSpec> specs) {
    specs.forEach(s -> backend.assign(s.variable(), reference.tensor("param." + s.name())));
  }

  private static List<String> learnt(List<ParameterSpec> specs) {
    return specs.stream()
        .filter(spec -> spec.traits().rate() != 0)
        .map(ParameterSpec::name)
        .toList();
  }

  private static Tensor mean(Tensor values, Tensor weight) {
    return values.times(weight).sum().divide(weight.sum());
  }

  /** Observed are all tokens but the last, targets all but the first; target 0 is padding. */
  private Map<String, Array> inputs() {
    long[] ids = reference.tensor("input_ids").longs();
    long[] tokens = new long[rows * length];
    long[] target = new long[rows * length];
    float[] weight = new float[rows * length];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < length; i++) {
        tokens[row * length + i] = ids[row * (length + 1) + i];
        target[row * length + i] = ids[row * (length + 1) + i + 1];
        weight[row * length + i] = target[row * length + i] == 0 ? 0 : 1;
      }
    }
    Shape shape = Shape.of(rows, length);
    Map<String, Array> inputs = new HashMap<>();
    inputs.put("tokens", Array.of(shape, tokens));
    inputs.put("target", Array.of(shape, target));
    inputs.put("weight", Array.of(shape, weight));
    inputs.put("key", Array.of(Shape.of(2), 0L, 0L));
    inputs.put(GivenStart.NAME, reference.tensor("initial_logits"));
    return inputs;
  }
}
