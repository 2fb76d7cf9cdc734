package dev.ebt.vision.encoder;

import static java.util.Objects.requireNonNullElse;

import dev.ebt.error.SettingException;

/**
 * Settings of {@link PrincipalComponents}.
 *
 * @param components latents per frame
 */
public record PrincipalComponentSettings(Integer components) {
  /** Fills in the default and refuses invalid values. */
  public PrincipalComponentSettings {
    components = requireNonNullElse(components, 32);
    if (components < 1) {
      throw new SettingException(
          "modality.encoder.components", "is " + components + "; at least 1 expected");
    }
  }
}
