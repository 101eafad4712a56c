// CommonJS, because it can load a module in the middle of a function: the automata are a megabyte of code, and most
// comparisons ask nothing about patterns. Bundlers take `require` for what it is, too.
exports.loadRefa = () => require("refa");
