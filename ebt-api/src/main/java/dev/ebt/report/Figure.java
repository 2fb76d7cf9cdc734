package dev.ebt.report;

/**
 * A block that shows all it has at once, so that it can be drawn in a document without a script:
 * every one but cells with details on request.
 */
public sealed interface Figure extends Block permits Chart, HeatMap, Pictures, ReportTable {}
