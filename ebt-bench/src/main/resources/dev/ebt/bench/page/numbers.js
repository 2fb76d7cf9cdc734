// A number beside an axis: with commas, or as a power of ten where it would take too much room.
function axisNumber(value) {
  var size = Math.abs(value);
  if (size >= 1e7 || (size > 0 && size < 1e-4)) {
    return Number(value.toPrecision(5)).toExponential().replace('e+', 'e');
  }
  var parts = String(Number(value.toPrecision(12))).split('.');
  parts[0] = parts[0].replace(/(\d)(?=(\d{3})+$)/g, '$1,');
  return parts.join('.');
}
