/** Console reports of training and evaluation. */
@org.jspecify.annotations.NullMarked
package dev.ebt.bench.report;
