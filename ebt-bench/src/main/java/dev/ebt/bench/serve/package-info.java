/**
 * The HTTP server of a trained model, with completions in the form of OpenAI's API. Entry points:
 * {@link dev.ebt.bench.serve.ModelServer}, {@link dev.ebt.bench.serve.ServerSettings}.
 */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.serve;
