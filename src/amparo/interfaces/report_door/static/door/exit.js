/* Leaving at once: a press on the button, or Shift three times within five seconds. All else works without this file. */
(function () {
  "use strict";
  var pressed = [];
  function leave(event) {
    if (event) { event.preventDefault(); }
    document.documentElement.className = "gone";
    window.location.replace("/x");
  }
  document.addEventListener("keydown", function (event) {
    if (event.repeat) { return; }
    if (event.key !== "Shift") { pressed = []; return; }
    var now = Date.now();
    pressed = pressed.filter(function (at) { return now - at < 5000; });
    pressed.push(now);
    if (pressed.length > 2) { leave(); }
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("a[href='/x']")) { leave(event); }
  });
})();
