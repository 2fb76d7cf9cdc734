package dev.ebt.bench.conformance;

import dev.ebt.model.TransformerSettings;
import dev.ebt.model.TransformerSettings.Conditioning;
import dev.ebt.model.TransformerSettings.Normalization;
import dev.ebt.nn.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The transformer that the published flags of a case ask for. */
final class PublishedTransformer {
  private static final String TYPE = "ebt_type";
  private static final String NORM = "ebt_norm";
  private static final String ACTIVATION = "ebt_act_func";

  private static final Map<String, Conditioning> CONDITIONINGS =
      Map.of(
          "default", Conditioning.NONE,
          "time_embed", Conditioning.TIME_EMBED,
          "adaln", Conditioning.ADALN,
          "adaln_zero", Conditioning.ADALN_ZERO);

  private static final Map<String, List<String>> KNOWN =
      Map.of(
          TYPE, List.copyOf(CONDITIONINGS.keySet()),
          NORM, List.of("rms", "layer", "none", "dyt"),
          ACTIVATION, List.of("silu", "relu", "gelu", "elu"));

  private PublishedTransformer() {}

  /** The flags that ask for a transformer that is not here, as {@code flag=value}. */
  static List<String> unsupported(ReferenceCase reference) {
    List<String> unsupported = new ArrayList<>();
    KNOWN.forEach(
        (flag, known) -> {
          String value = reference.flag(flag).asText();
          if (!known.contains(value)) {
            unsupported.add(flag + "=" + value);
          }
        });
    return unsupported;
  }

  static TransformerSettings settings(ReferenceCase reference) {
    Normalization norm = Normalization.valueOf(upper(reference, NORM));
    return new TransformerSettings(
        null,
        reference.flag("num_transformer_blocks").asInt(),
        reference.flag("multiheaded_attention_heads").asInt(),
        reference.flag("embedding_dim").asInt(),
        reference.flag("ffn_dim_multiplier").asDouble(1),
        CONDITIONINGS.get(reference.flag(TYPE).asText()),
        norm,
        Activation.valueOf(upper(reference, ACTIVATION)),
        norm == Normalization.DYT ? reference.flag("dyt_alpha_init").asDouble() : null);
  }

  private static String upper(ReferenceCase reference, String flag) {
    return reference.flag(flag).asText().toUpperCase(Locale.ROOT);
  }
}
