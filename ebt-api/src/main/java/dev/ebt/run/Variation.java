package dev.ebt.run;

import dev.ebt.config.Overrides;

/**
 * A value of a setting that an evaluation varies, such as the noise of images.
 *
 * @param setting the name in tables and JSON, such as {@code noise}
 * @param modality the name of the modality it is for
 * @param subject the plural noun for the data of that modality, such as {@code images}
 * @param overrides the settings of the run that the value stands for
 */
public record Variation(
    String setting, double value, String modality, String subject, Overrides overrides) {}
