package dev.ebt.monitor;

/** The bounds of a learned step size α. */
public record StepSizeRange(double low, double high) {}
