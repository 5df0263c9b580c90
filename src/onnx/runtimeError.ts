/** Where in its own code the runtime stood: "/onnxruntime_src/…/graph.cc:1404" or "reshape_helper.h:47". */
const PLACE = /\S*\.(cc|cpp|cu|cuh|h|hpp):\d+ /;
const MOST = 300;

/** How long the signature of a C++ function is that a text begins with: up to the parenthesis that closes its arguments. */
const signatureIn = (text: string): number => {
  const [name] = /^[\w:<>,*& ~]*::[\w:<>~]+( ?\()?/.exec(text) ??
    /^(operator\(\)|[A-Z]\w*[a-z]\w*(?= [\w"'{(]))/.exec(text) ?? [""];
  if (!name.endsWith("(")) return name.length;
  let end = name.length;
  for (let open = 1; open > 0 && end < text.length; end++) open += text[end] === "(" ? 1 : text[end] === ")" ? -1 : 0;
  return end + (/^( const)?( \[with [^\]]*\])?/.exec(text.slice(end))?.[0].length ?? 0);
};

/** What comes after the last place in the runtime's code, without the function that stood there and the condition it tested. */
const withoutPlaces = (text: string): string => {
  const place = PLACE.exec(text);
  if (!place) return text;
  const after = text.slice(place.index + place[0].length);
  const message = after.slice(signatureIn(after)).trim();
  return withoutPlaces(
    text.slice(0, place.index) +
      (/^.{0,200}? was false\. *(?=\S)/.test(message) ? message.replace(/^.*? was false\. */, "") : message),
  );
};

/**
 * What ONNX Runtime says is wrong with a model, for people: without its file names, line numbers, function names and paths of this
 * machine. Names of the model's own nodes stay, though PyTorch writes them like paths: "Name:'/layer1/conv/Conv'".
 */
export const describeRuntimeError = (error: unknown): string => {
  const whole = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ").trim();
  const core = whole.replace(/^.*Status Message: (?=.)/, "").replace(/ Stacktrace:.*$/, "");
  return withoutPlaces(core)
    .replace(/\[ONNXRuntimeError\] : \d+ : \w+ : /g, "")
    .replace(/(^|[\s:=])\/(?:[\w.@+-]+\/)*[\w.@+-]+(:\d+)?/g, "$1")
    .replaceAll("schema(::", "schema(")
    .replace(/\b(std|onnx|onnxruntime)(::[\w<>~]+)+(\([^)]*\))?/g, "")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, MOST);
};
