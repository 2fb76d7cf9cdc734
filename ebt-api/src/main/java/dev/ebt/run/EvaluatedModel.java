package dev.ebt.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A model that an evaluation is about.
 *
 * @param run the folder of its run
 * @param variation the value of a varied setting; null if none is varied
 */
public record EvaluatedModel(Path run, @Nullable Variation variation) {}
