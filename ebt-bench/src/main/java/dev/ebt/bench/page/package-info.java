/**
 * The page of a report and its charts as files. Charts are drawn by Apache ECharts: in the page by
 * the browser, for a file by the same library in a JavaScript interpreter.
 */
@NullMarked
package dev.ebt.bench.page;

import org.jspecify.annotations.NullMarked;
