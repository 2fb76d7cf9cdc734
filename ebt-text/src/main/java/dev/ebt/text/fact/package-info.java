/**
 * Built-in facts on invented names, for what a model knows of a fact that it has read in one
 * direction. Principal types: {@link dev.ebt.text.fact.FactDataset}, {@link
 * dev.ebt.text.fact.Facts}.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.text.fact;
