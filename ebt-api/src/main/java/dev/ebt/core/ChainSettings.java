package dev.ebt.core;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;
import dev.ebt.optimize.GradientTransform;
import dev.ebt.optimize.GradientTransformChain;
import dev.ebt.plugin.PartContext;
import dev.ebt.plugin.PartSettings;
import java.util.List;

/**
 * Settings of a {@link GradientTransformChain}.
 *
 * @param transforms the gradient transforms, applied in this order; one or more
 */
record ChainSettings(List<PartSettings> transforms) {
  ChainSettings {
    transforms = List.copyOf(requireNonNullElse(transforms, List.of()));
    if (transforms.isEmpty()) {
      throw new SettingException(
          "transforms",
          "are none; one or more expected, such as [{name: clip-by-norm, norm: 1}, {name:"
              + " momentum}], or optimizer gradient-descent");
    }
  }

  GradientTransformChain optimizer(PartContext context) {
    return new GradientTransformChain(
        transforms.stream().map(choice -> context.part(GradientTransform.class, choice)).toList());
  }
}
