(function () {
  'use strict';
  var data = JSON.parse(document.getElementById('data').textContent);
  var dark = window.matchMedia('(prefers-color-scheme: dark)');
  var printing = false;
  var charts = {};

  // Okabe and Ito's colours, which colour-blind people tell apart; lightened on dark paper.
  function theme(name) {
    var night = name === 'dark';
    var ink = night ? '#c9d1d9' : '#3b434b';
    var line = night ? '#2c343d' : '#e1e5e9';
    var axis = {
      axisLine: { show: true, lineStyle: { color: night ? '#56616c' : '#8b949e' } },
      axisTick: { lineStyle: { color: night ? '#56616c' : '#8b949e' } },
      axisLabel: { color: ink, hideOverlap: true },
      nameTextStyle: { color: ink },
      splitLine: { lineStyle: { color: line } }
    };
    var numbers = Object.assign({}, axis, {
      axisLabel: Object.assign({ formatter: axisNumber }, axis.axisLabel)
    });
    return {
      color: night
        ? ['#56b4e9', '#f0a13a', '#3ecf9b', '#e597c4', '#f0e442', '#8fa8ff', '#c9d1d9']
        : ['#0072b2', '#d55e00', '#00805a', '#b5508a', '#946200', '#2f8fc4', '#1b1f24'],
      backgroundColor: 'transparent',
      textStyle: { color: ink, fontFamily: 'system-ui, "DejaVu Sans", sans-serif' },
      legend: { textStyle: { color: ink }, pageTextStyle: { color: ink } },
      visualMap: { textStyle: { color: ink } },
      tooltip: { backgroundColor: night ? '#1f2730' : '#ffffff', borderColor: line, textStyle: { color: ink } },
      valueAxis: numbers, logAxis: numbers, categoryAxis: axis
    };
  }
  echarts.registerTheme('light', theme('light'));
  echarts.registerTheme('dark', theme('dark'));

  function draw() {
    var name = dark.matches && !printing ? 'dark' : 'light';
    Object.keys(data.charts).forEach(function (id) {
      if (charts[id]) {
        charts[id].dispose();
      }
      var element = document.getElementById(id);
      charts[id] = echarts.init(element, name, {
        renderer: 'svg',
        width: printing ? 330 : undefined,
        height: printing ? (element.classList.contains('heat') ? 310 : 210) : undefined
      });
      charts[id].setOption(data.charts[id]);
      // The caption already names the chart; the library's description follows it.
      element.setAttribute('role', 'img');
    });
  }

  function resize() {
    if (printing) {
      return;
    }
    Object.keys(charts).forEach(function (id) { charts[id].resize(); });
  }

  draw();
  dark.addEventListener('change', draw);
  window.addEventListener('resize', resize);
  window.addEventListener('beforeprint', function () { printing = true; draw(); });
  window.addEventListener('afterprint', function () { printing = false; draw(); });

  // The numbers of a chart as a table and as CSV, made when they are asked for.
  function rows(id) {
    var option = data.charts[id];
    var axis = function (a) { return (Array.isArray(a) ? a[a.length - 1] : a).name; };
    var heat = option.visualMap;
    var all = [['series', axis(option.xAxis), axis(option.yAxis)].concat(heat ? ['value'] : [])];
    var categories = heat ? grid(option) : null;
    option.series.forEach(function (series) {
      if (series.silent) {
        return; // Contours: drawn from the other numbers.
      }
      series.data.forEach(function (point) {
        var values = Array.isArray(point) ? point : point.value;
        if (series.type === 'heatmap') {
          values = [categories.x(values[0]), categories.y(values[1]), values[2]];
        }
        all.push([series.name].concat(values[1] === '-' ? [values[0], ''] : values));
      });
    });
    return all;
  }

  function grid(option) {
    function scale(axis, count) {
      var low = axis[1].min, high = axis[1].max;
      return function (i) { return Number((low + (high - low) * (i + 0.5) / count).toPrecision(5)); };
    }
    var cells = option.series[0].data;
    var columns = 0, lines = 0;
    cells.forEach(function (c) { columns = Math.max(columns, c[0] + 1); lines = Math.max(lines, c[1] + 1); });
    return { x: scale(option.xAxis, columns), y: scale(option.yAxis, lines) };
  }

  function quoted(value) {
    var text = String(value);
    return /[",\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }

  function element(name, text, attributes) {
    var made = document.createElement(name);
    if (text !== undefined && text !== null) {
      made.textContent = text;
    }
    Object.keys(attributes || {}).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    return made;
  }

  document.querySelectorAll('details.numbers').forEach(function (details) {
    details.addEventListener('toggle', function () {
      if (!details.open || details.childElementCount > 1) {
        return;
      }
      var id = details.dataset.chart;
      var all = rows(id);
      var save = element('button', 'Save as CSV', { type: 'button' });
      save.addEventListener('click', function () {
        var csv = all.map(function (row) { return row.map(quoted).join(','); }).join('\n') + '\n';
        var link = element('a', '', { download: id + '.csv', href: 'data:text/csv;charset=utf-8,' + encodeURIComponent(csv) });
        link.click();
      });
      details.appendChild(save);
      var box = element('div', null, { 'class': 'table', tabindex: '0' });
      var table = element('table');
      all.slice(0, 401).forEach(function (row, index) {
        var line = element('tr');
        row.forEach(function (value) { line.appendChild(element(index === 0 ? 'th' : 'td', value)); });
        table.appendChild(line);
      });
      box.appendChild(table);
      details.appendChild(box);
      if (all.length > 401) {
        details.appendChild(element('p', 'The first 400 of ' + (all.length - 1) + ' rows; the CSV has all.', { 'class': 'hint' }));
      }
    });
  });

  // Cells: one of them is in the tab order, arrow keys move among them.
  function descent(steps) {
    var low = Math.min.apply(null, steps), high = Math.max.apply(null, steps);
    var span = high - low || 1;
    var svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 200 60');
    svg.setAttribute('preserveAspectRatio', 'none');
    svg.setAttribute('aria-hidden', 'true');
    var line = document.createElementNS('http://www.w3.org/2000/svg', 'polyline');
    line.setAttribute('points', steps.map(function (value, i) {
      return (4 + 192 * i / Math.max(1, steps.length - 1)).toFixed(1) + ',' + (55 - 50 * (value - low) / span).toFixed(1);
    }).join(' '));
    line.setAttribute('fill', 'none');
    line.setAttribute('stroke', 'currentColor');
    line.setAttribute('stroke-width', '2');
    line.setAttribute('vector-effect', 'non-scaling-stroke');
    svg.appendChild(line);
    return svg;
  }

  function facts(cell) {
    var part = element('div');
    var title = element('p', null, { style: 'margin:0' });
    title.appendChild(element('code', cell.text, { dir: 'auto' }));
    part.appendChild(title);
    var list = element('dl');
    cell.facts.forEach(function (fact) {
      list.appendChild(element('dt', fact[0]));
      list.appendChild(element('dd', fact[1]));
    });
    part.appendChild(list);
    return part;
  }

  function thinking(cell) {
    var part = element('div');
    part.appendChild(element('b', 'Energy by step'));
    part.appendChild(descent(cell.steps));
    part.appendChild(element('div', cell.steps.map(function (v) { return Number(v.toPrecision(4)); }).join(' → ')));
    return part;
  }

  function alternatives(cell) {
    var part = element('div');
    part.appendChild(element('b', 'Considered'));
    var list = element('ol');
    cell.others.forEach(function (other) {
      var item = element('li', null, { style: '--p:' + other[1], 'class': other[2] ? 'right' : '' });
      item.appendChild(element('bdi', other[0] + (other[2] ? ' ✓' : '')));
      item.appendChild(element('span', (100 * other[1]).toFixed(1) + ' %'));
      list.appendChild(item);
    });
    part.appendChild(list);
    return part;
  }

  document.querySelectorAll('.cells').forEach(function (box) {
    var cells = Array.prototype.slice.call(box.querySelectorAll('.cell'));
    var details = data.cells[box.id];
    var panel = document.getElementById(box.id + '-detail');
    var columns = Number(box.style.getPropertyValue('--columns')) || 0;
    var current = 0;
    var pinned = false;

    function show(index) {
      var cell = details[index];
      panel.textContent = '';
      var parts = element('div', null, { 'class': 'columns' });
      parts.appendChild(facts(cell));
      if (cell.steps.length > 1) {
        parts.appendChild(thinking(cell));
      }
      if (cell.others.length > 0) {
        parts.appendChild(alternatives(cell));
      }
      panel.appendChild(parts);
    }

    function select(index, focus) {
      cells[current].setAttribute('aria-selected', 'false');
      cells[current].tabIndex = -1;
      current = index;
      cells[current].setAttribute('aria-selected', 'true');
      cells[current].tabIndex = 0;
      if (focus) {
        cells[current].focus();
      }
      show(index);
    }

    // The next cell above or below in the flow of text.
    function vertical(direction) {
      if (columns > 0) {
        return current + direction * columns;
      }
      var from = cells[current].getBoundingClientRect();
      var best = -1, distance = Infinity;
      cells.forEach(function (cell, index) {
        var at = cell.getBoundingClientRect();
        var down = (at.top - from.top) * direction;
        if (down > 2) {
          var far = down * 4 + Math.abs(at.left - from.left);
          if (far < distance) {
            distance = far;
            best = index;
          }
        }
      });
      return best < 0 ? current : best;
    }

    box.addEventListener('keydown', function (event) {
      var to = current;
      switch (event.key) {
        case 'ArrowRight': to = current + 1; break;
        case 'ArrowLeft': to = current - 1; break;
        case 'ArrowDown': to = vertical(1); break;
        case 'ArrowUp': to = vertical(-1); break;
        case 'Home': to = 0; break;
        case 'End': to = cells.length - 1; break;
        default: return;
      }
      event.preventDefault();
      select(Math.max(0, Math.min(cells.length - 1, to)), true);
    });
    cells.forEach(function (cell, index) {
      cell.addEventListener('mouseenter', function () { if (!pinned) { show(index); } });
      cell.addEventListener('focus', function () { select(index, false); });
      cell.addEventListener('click', function () { pinned = true; select(index, true); });
    });
    var choice = document.querySelector('.switch[data-cells="' + box.id + '"]');
    if (choice) {
      choice.addEventListener('change', function (event) {
        var input = event.target;
        details.forEach(function (cell, index) {
          var level = cell.levels[Number(input.value)];
          cells[index].className = 'cell' + (level < 0 ? '' : ' l' + level);
        });
        var ends = choice.parentNode.querySelectorAll('.scale span');
        ends[0].textContent = input.dataset.value + ': ' + input.dataset.low;
        ends[1].textContent = input.dataset.high;
      });
    }

    box.addEventListener('mouseleave', function () { show(current); });
    // The first one of the highest value is shown to begin with.
    var levels = details.map(function (cell) { return cell.levels[0]; });
    select(levels.indexOf(Math.max.apply(null, levels)), false);
  });
}());
