import { type Frame, type Highlighted, OPACITY, type PointRenderer, type Points } from './drawing.ts';

const VERTEX = `#version 300 es
layout(location = 0) in vec2 position;
layout(location = 1) in vec3 colour;
layout(location = 2) in float strength;
uniform vec2 scale;
uniform vec2 shift;
uniform float diameter;
uniform float growth;
uniform vec4 dimmed;
uniform float opacity;
out vec4 tint;
out float pixels;
void main() {
  gl_Position = vec4(position * scale + shift, 0.0, 1.0);
  pixels = diameter * (growth == 0.0 ? 1.0 : 1.25 + growth * strength);
  gl_PointSize = pixels + 1.0;
  tint = vec4(mix(colour, dimmed.rgb, dimmed.a), opacity);
}`;

const FRAGMENT = `#version 300 es
precision mediump float;
in vec4 tint;
in float pixels;
out vec4 result;
void main() {
  float away = length(gl_PointCoord - 0.5) * (pixels + 1.0);
  float cover = clamp(pixels / 2.0 - away + 0.5, 0.0, 1.0) * tint.a;
  if (cover <= 0.0) discard;
  result = vec4(tint.rgb * cover, cover);
}`;

/** How much larger a highlighted point of full strength is than one of none; see `highlightFactor`. */
const GROWTH = 0.9;

/**
 * Draws points with WebGL 2: coordinates are uploaded once, and a frame is one call for all points and one for the
 * highlighted ones.
 * @returns undefined without WebGL 2.
 */
export function createWebGlRenderer(
  canvas: HTMLCanvasElement,
  { xs, ys }: Points,
): PointRenderer | undefined {
  const gl = canvas.getContext('webgl2', { antialias: false, alpha: true, premultipliedAlpha: true });
  const program = gl && link(gl);
  if (!gl || !program) return undefined;
  const uniform = (name: string) => gl.getUniformLocation(program, name);
  const uniforms = {
    scale: uniform('scale'),
    shift: uniform('shift'),
    diameter: uniform('diameter'),
    growth: uniform('growth'),
    dimmed: uniform('dimmed'),
    opacity: uniform('opacity'),
  };
  const positions = new Uint16Array(2 * xs.length);
  for (let doc = 0; doc < xs.length; doc++) {
    positions[2 * doc] = xs[doc]!;
    positions[2 * doc + 1] = ys[doc]!;
  }
  const buffers = [positions, new Uint8Array(3 * xs.length), new Uint8Array(xs.length)].map((data) => {
    const buffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, data, gl.STATIC_DRAW);
    return buffer;
  }) as [WebGLBuffer, WebGLBuffer, WebGLBuffer];
  const indices = gl.createBuffer();
  const attribute = (location: number, size: number, type: number, normalized: boolean) => {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffers[location]!);
    gl.enableVertexAttribArray(location);
    gl.vertexAttribPointer(location, size, type, normalized, 0, 0);
  };
  attribute(0, 2, gl.UNSIGNED_SHORT, false);
  attribute(1, 3, gl.UNSIGNED_BYTE, true);
  attribute(2, 1, gl.UNSIGNED_BYTE, true);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  let highlighted: Highlighted | undefined;

  const replace = (place: 1 | 2, data: Uint8Array) => {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffers[place]);
    gl.bufferSubData(gl.ARRAY_BUFFER, 0, data);
  };
  return {
    kind: 'webgl',
    setColours: (rgb) => replace(1, rgb),
    setHighlighted(next) {
      highlighted = next;
      const strengths = new Uint8Array(xs.length);
      next?.docs.forEach((doc, i) => {
        strengths[doc] = next.strengths[i]!;
      });
      replace(2, strengths);
      gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, indices);
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, next?.docs ?? new Uint32Array(), gl.DYNAMIC_DRAW);
    },
    draw({ placement: { scale, dx, dy }, size: { width, height }, ratio, diameter, dimmed }: Frame) {
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
      gl.useProgram(program);
      gl.uniform2f(uniforms.scale, (2 * scale) / width, (-2 * scale) / height);
      gl.uniform2f(uniforms.shift, (2 * dx) / width - 1, 1 - (2 * dy) / height);
      gl.uniform1f(uniforms.diameter, diameter * ratio);
      gl.uniform1f(uniforms.growth, 0);
      const [red, green, blue] = dimmed.map((part) => part / 255) as [number, number, number];
      gl.uniform4f(uniforms.dimmed, red, green, blue, highlighted ? 1 : 0);
      gl.uniform1f(uniforms.opacity, highlighted ? OPACITY.dimmed : OPACITY.plain);
      gl.drawArrays(gl.POINTS, 0, xs.length);
      if (!highlighted) return;
      gl.uniform1f(uniforms.growth, GROWTH);
      gl.uniform4f(uniforms.dimmed, 0, 0, 0, 0);
      gl.uniform1f(uniforms.opacity, OPACITY.highlighted);
      gl.drawElements(gl.POINTS, highlighted.docs.length, gl.UNSIGNED_INT, 0);
    },
    dispose() {
      for (const buffer of [...buffers, indices]) gl.deleteBuffer(buffer);
      gl.deleteProgram(program);
    },
  };
}

function link(gl: WebGL2RenderingContext): WebGLProgram | undefined {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) return undefined;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : undefined;
}
