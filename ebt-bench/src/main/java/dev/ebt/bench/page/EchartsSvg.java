package dev.ebt.bench.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ScriptableObject;

/** Charts as SVG, drawn by Apache ECharts in an interpreter of JavaScript (Rhino). */
final class EchartsSvg {
  private static final String TIMERS =
      """
      function setTimeout() { return 0; }
      function clearTimeout() {}
      """;
  private static final String DRAW =
      """
      var chart = echarts.init(null, {
        color: ['#0072b2', '#d55e00', '#00805a', '#b5508a', '#946200', '#2f8fc4', '#1b1f24'],
        backgroundColor: '#ffffff',
        title: { textStyle: { color: '#000000' } },
        legend: { textStyle: { color: '#000000' } },
        valueAxis: style(), logAxis: style()
      }, { renderer: 'svg', ssr: true, width: width, height: height });
      function style() {
        return {
          axisLine: { show: true, lineStyle: { color: '#333333' } },
          axisLabel: { color: '#000000', formatter: axisNumber },
          nameTextStyle: { color: '#000000' },
          splitLine: { lineStyle: { color: '#e3e3e3' } }
        };
      }
      chart.setOption(JSON.parse(option));
      chart.renderToSVGString();
      """;

  private EchartsSvg() {}

  /** Returns a chart as SVG of a width and height. */
  static String of(ObjectNode option, int width, int height) {
    boolean coloured = option.has("visualMap"); // The smaller build, read faster, has no such maps.
    String source = coloured ? PageResources.echarts() : PageResources.commonEcharts();
    Context context = Context.enter();
    try {
      // Compiled code would exceed the size of a method of the JVM.
      context.setInterpretedMode(true);
      context.setLanguageVersion(Context.VERSION_ES6);
      ScriptableObject scope = context.initSafeStandardObjects();
      context.evaluateString(scope, TIMERS, "timers", 1, null);
      context.evaluateString(scope, source, "echarts", 1, null);
      context.evaluateString(scope, PageResources.numbers(), "numbers", 1, null);
      ScriptableObject.putProperty(scope, "option", PageJson.of(option));
      ScriptableObject.putProperty(scope, "width", width);
      ScriptableObject.putProperty(scope, "height", height);
      return Context.toString(context.evaluateString(scope, DRAW, "draw", 1, null));
    } finally {
      Context.exit();
    }
  }
}
