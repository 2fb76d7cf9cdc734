package dev.ebt.plugin;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A description of a setting of a part.
 *
 * @param name the key in configurations
 * @param type the type of its values in words
 * @param required whether a configuration has to set it
 * @param standard its default; null if it is required, has none, or depends on other settings
 * @param values the allowed values and their meaning, if they are a fixed set; otherwise empty
 * @param documentation its meaning; empty if its record does not document it
 */
public record SettingDescription(
    String name,
    String type,
    boolean required,
    @JsonProperty("default") @Nullable JsonNode standard,
    Map<String, String> values,
    String documentation) {}
