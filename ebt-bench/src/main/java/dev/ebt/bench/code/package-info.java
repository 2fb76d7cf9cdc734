/**
 * Words of bits and their Gray codes: a small problem of which one direction is easy to compute and
 * the other one easy to check only. Principal types: {@link dev.ebt.bench.code.CodeModality},
 * {@link dev.ebt.bench.code.CodeDataset}, {@link dev.ebt.bench.code.VerifyGenerate}.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.code;
