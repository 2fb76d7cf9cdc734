package dev.ebt.plugin;

/**
 * The identity of a part in configurations.
 *
 * @param kind the kind of part
 * @param name its name, unique within the kind
 */
record PartName(PartKind kind, String name) {}
